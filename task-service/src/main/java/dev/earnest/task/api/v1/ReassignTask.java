package dev.earnest.task.api.v1;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.earnest.kit.id.Ids;
import jakarta.validation.constraints.NotNull;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// @param newAgentId the agent that goes on with the task
@Schema(examples = "{\"new_agent_id\": \"0199f1c0-1100-7a5b-8c22-1e2d3c4b5a69\"}")
public record ReassignTask(
    @JsonAlias({"new_agent_id", "agentId", "agent_id"}) @NotNull @Nullable String newAgentId) {
  UUID agent() {
    return Ids.parseField("new_agent_id", Objects.requireNonNull(newAgentId));
  }
}
