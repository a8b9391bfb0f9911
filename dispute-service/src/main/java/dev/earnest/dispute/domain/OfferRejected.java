package dev.earnest.dispute.domain;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// `earnest.dispute.offer_rejected.v1`: a party said no to the other's offer.
@RegisterForReflection
public record OfferRejected(UUID disputeId, UUID taskId, UUID offerId, String by, PartyRole role)
    implements DisputeEvent {
  @Override
  public String type() {
    return "earnest.dispute.offer_rejected.v1";
  }
}
