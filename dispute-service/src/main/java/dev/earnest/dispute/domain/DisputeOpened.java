package dev.earnest.dispute.domain;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// `earnest.dispute.opened.v1`: somebody disputes a task; task-service says whether it may be.
@RegisterForReflection
public record DisputeOpened(
    UUID disputeId,
    UUID taskId,
    String openedBy,
    PartyRole openedByRole,
    Category category,
    String reason)
    implements DisputeEvent {
  @Override
  public String type() {
    return "earnest.dispute.opened.v1";
  }
}
