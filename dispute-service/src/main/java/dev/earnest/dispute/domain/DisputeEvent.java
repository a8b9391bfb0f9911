package dev.earnest.dispute.domain;

import dev.earnest.kit.event.DomainEvent;
import dev.earnest.kit.event.Topics;
import java.util.UUID;

/// What happened to a dispute, told under the id of its task.
public sealed interface DisputeEvent extends DomainEvent
    permits DisputeEscalated,
        DisputeOpened,
        DisputeRefused,
        DisputeResolved,
        EvidenceSubmitted,
        JurorCalled,
        JurySeated,
        OfferMade,
        OfferRejected,
        RedeliveryAgreed,
        ReputationAdjusted {
  UUID taskId();

  @Override
  default String topic() {
    return Topics.DISPUTE;
  }

  @Override
  default String subject() {
    return taskId().toString();
  }
}
