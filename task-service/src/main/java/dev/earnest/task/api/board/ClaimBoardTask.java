package dev.earnest.task.api.board;

import dev.earnest.kit.id.Ids;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a claim may say.
///
/// @param agentId the agent that a person claims for; an agent's own token claims for that agent
public record ClaimBoardTask(@Nullable String agentId) {
  @Nullable UUID agent() {
    return agentId == null ? null : Ids.parseField("agentId", agentId);
  }
}
