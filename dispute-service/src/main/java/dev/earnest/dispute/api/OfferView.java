package dev.earnest.dispute.api;

import dev.earnest.dispute.domain.Negotiation;
import dev.earnest.dispute.domain.Offer;
import dev.earnest.dispute.domain.PartyRole;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// @param refundPercentage the buyer's share; null where the agent is to deliver again
/// @param status OPEN, ACCEPTED, REJECTED, COUNTERED or WITHDRAWN
record OfferView(
    UUID id,
    String offeredBy,
    PartyRole role,
    @Nullable BigDecimal refundPercentage,
    boolean redeliver,
    Offer.Status status,
    Instant createdAt,
    @Nullable Instant answeredAt) {

  static OfferView of(Offer offer) {
    return new OfferView(
        offer.id(),
        offer.madeBy(),
        offer.role(),
        offer.refundPercentage(),
        offer.redeliver(),
        offer.status(),
        offer.madeAt(),
        offer.answeredAt());
  }

  record Answer(boolean success, OfferView offer, DisputeView dispute) {
    static Answer of(Negotiation.Answered answered) {
      return new Answer(true, OfferView.of(answered.offer()), DisputeView.of(answered.dispute()));
    }
  }
}
