package dev.earnest.dispute.api;

import dev.earnest.dispute.domain.Category;
import dev.earnest.dispute.domain.Dispute;
import dev.earnest.dispute.domain.DisputeState;
import dev.earnest.dispute.domain.PartyRole;
import dev.earnest.dispute.domain.Ruling;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A dispute as lists and answers show it.
///
/// @param deadline when the current step ends by itself
/// @param ruling how it was decided, once it is
/// @param redelivery whether it ended by the agreement that the agent delivers again
/// @param refusal why there was nothing to dispute, where that is so
record DisputeView(
    UUID id,
    UUID taskId,
    DisputeState status,
    Category category,
    String reason,
    String openedBy,
    PartyRole openedByRole,
    String buyer,
    @Nullable String agentAccount,
    Instant createdAt,
    @Nullable Instant deadline,
    @Nullable Instant closedAt,
    @Nullable Ruling ruling,
    boolean redelivery,
    @Nullable String refusal) {

  static DisputeView of(Dispute dispute) {
    return new DisputeView(
        dispute.id(),
        dispute.taskId(),
        dispute.state(),
        dispute.category(),
        dispute.reason(),
        dispute.openedBy(),
        dispute.openedByRole(),
        dispute.buyer(),
        dispute.agentAccount(),
        dispute.openedAt(),
        dispute.deadline(),
        dispute.closedAt(),
        dispute.ruling().orElse(null),
        dispute.isRedelivered(),
        dispute.refusal());
  }

  record Answer(boolean success, DisputeView dispute) {
    static Answer of(Dispute dispute) {
      return new Answer(true, DisputeView.of(dispute));
    }
  }
}
