package dev.earnest.dispute.domain;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/// `earnest.dispute.jury_seated.v1`: jurors were drawn and have until the deadline to vote.
///
/// @param jurors how many; who they are is told to nobody but themselves
@RegisterForReflection
public record JurySeated(UUID disputeId, UUID taskId, int jurors, Instant deadline)
    implements DisputeEvent {
  @Override
  public String type() {
    return "earnest.dispute.jury_seated.v1";
  }
}
