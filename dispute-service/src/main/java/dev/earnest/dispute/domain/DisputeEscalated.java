package dev.earnest.dispute.domain;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `earnest.dispute.escalated.v1`: an admin has to rule.
///
/// @param by the party that wanted it; null where the rules did
/// @param deadline when it ends by itself all the same
@RegisterForReflection
public record DisputeEscalated(
    UUID disputeId, UUID taskId, @Nullable String by, Move.Cause reason, Instant deadline)
    implements DisputeEvent {
  @Override
  public String type() {
    return "earnest.dispute.escalated.v1";
  }
}
