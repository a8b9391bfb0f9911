package dev.earnest.dispute.domain;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// `earnest.dispute.redelivery_agreed.v1`: the parties settled on another delivery; the task goes on
/// and its money thaws.
@RegisterForReflection
public record RedeliveryAgreed(UUID disputeId, UUID taskId, String agreedBy)
    implements DisputeEvent {
  @Override
  public String type() {
    return "earnest.dispute.redelivery_agreed.v1";
  }
}
