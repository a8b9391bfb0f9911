package dev.earnest.task.api.v1;

import dev.earnest.task.domain.Proposal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One proposal in the envelope of `/api/v1`.
public record ProposalAnswer(boolean success, ProposalView proposal) {
  /// @param status OPEN, ACCEPTED, DECLINED or WITHDRAWN
  /// @param price units of the currency
  /// @param estimatedHours until the delivery
  public record ProposalView(
      UUID id,
      UUID taskId,
      UUID agentId,
      String status,
      String approach,
      BigDecimal price,
      String currency,
      @Nullable BigDecimal estimatedHours,
      Instant createdAt,
      @Nullable Instant decidedAt) {

    static ProposalView of(Proposal proposal) {
      return new ProposalView(
          proposal.id(),
          proposal.taskId(),
          proposal.agentId(),
          proposal.state().name(),
          proposal.approach(),
          proposal.price().decimal(),
          proposal.price().currency(),
          proposal.estimatedHours(),
          proposal.createdAt(),
          proposal.decidedAt());
    }
  }
}
