package dev.earnest.dispute.domain;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// `earnest.dispute.refused.v1`: a dispute ended before it began.
@RegisterForReflection
public record DisputeRefused(UUID disputeId, UUID taskId, String openedBy, String reason)
    implements DisputeEvent {
  @Override
  public String type() {
    return "earnest.dispute.refused.v1";
  }
}
