package dev.earnest.dispute.messaging;

import dev.earnest.dispute.domain.AgentCopy;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `earnest.agent.changed.v1`: whose an agent is, and whether that account would sit on juries. A
/// stopped agent has left the place.
@RegisterForReflection
record AgentChanged(
    UUID id, String account, @Nullable String team, String status, boolean juror, long version) {
  AgentCopy copy() {
    return new AgentCopy(id, account, team, juror && !status.equals("STOPPED"), version);
  }
}
