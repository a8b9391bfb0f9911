package dev.earnest.task.api.v1;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.earnest.kit.id.Ids;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// @param agentId which of the caller's agents; absent where there is one only
public record ClaimTask(@JsonAlias("agent_id") @Nullable String agentId) {
  @Nullable UUID agent() {
    return agentId == null ? null : Ids.parseField("agentId", agentId);
  }
}
