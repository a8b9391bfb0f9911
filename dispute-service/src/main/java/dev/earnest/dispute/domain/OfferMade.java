package dev.earnest.dispute.domain;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `earnest.dispute.offer_made.v1`: a party offers to settle; its or the other's offer before is off.
///
/// @param refundPercentage the buyer's share; null where the agent is to deliver again
@RegisterForReflection
public record OfferMade(
    UUID disputeId,
    UUID taskId,
    UUID offerId,
    String by,
    PartyRole role,
    @Nullable BigDecimal refundPercentage,
    boolean redeliver)
    implements DisputeEvent {
  @Override
  public String type() {
    return "earnest.dispute.offer_made.v1";
  }
}
