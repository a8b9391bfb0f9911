package dev.earnest.dispute.domain;

import dev.earnest.kit.problem.IllegalMove;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a party would settle. The one that is OPEN can be accepted or rejected by the other party;
/// another offer, whoever makes it, takes it off the table.
@Entity
@Table(name = "offers")
public class Offer {
  /// What became of it.
  public enum Status {
    OPEN,
    ACCEPTED,
    REJECTED,
    /// The other party answered by an offer of its own.
    COUNTERED,
    /// Its maker made another one.
    WITHDRAWN
  }

  @Id private UUID id;

  @Column(name = "dispute_id", updatable = false)
  private UUID disputeId;

  @Column(name = "made_by", updatable = false)
  private String madeBy;

  @Enumerated(EnumType.STRING)
  @Column(updatable = false)
  private PartyRole role;

  @Column(name = "refund_percentage", updatable = false)
  private @Nullable BigDecimal refundPercentage;

  @Column(updatable = false)
  private boolean redeliver;

  @Enumerated(EnumType.STRING)
  private Status status;

  @Column(name = "made_at", updatable = false)
  private Instant madeAt;

  @Column(name = "answered_at")
  private @Nullable Instant answeredAt;

  @SuppressWarnings("NullAway.Init")
  protected Offer() {}

  Offer(UUID id, UUID disputeId, String by, PartyRole role, Terms terms, Instant at) {
    this.id = id;
    this.disputeId = disputeId;
    this.madeBy = by;
    this.role = role;
    this.status = Status.OPEN;
    this.madeAt = at;
    switch (terms) {
      case Terms.Refund(BigDecimal share) -> this.refundPercentage = share;
      case Terms.Redeliver() -> this.redeliver = true;
    }
  }

  Terms terms() {
    return refundPercentage == null
        ? new Terms.Redeliver()
        : new Terms.Refund(Percentage.plain(refundPercentage));
  }

  /// @throws IllegalMove when it is no longer on the table; nothing has changed then
  void answer(Status how, Instant at) {
    if (status != Status.OPEN) {
      throw new IllegalMove("offer_closed", status.name(), "The offer is " + status + ".");
    }
    status = how;
    answeredAt = at;
  }

  OfferMade made(UUID taskId) {
    return new OfferMade(disputeId, taskId, id, madeBy, role, refundPercentage, redeliver);
  }

  OfferRejected rejected(UUID taskId, String by, PartyRole byRole) {
    return new OfferRejected(disputeId, taskId, id, by, byRole);
  }

  public UUID id() {
    return id;
  }

  UUID disputeId() {
    return disputeId;
  }

  public String madeBy() {
    return madeBy;
  }

  public PartyRole role() {
    return role;
  }

  /// The buyer's share, 0 to 100; null where the agent is to deliver again.
  public @Nullable BigDecimal refundPercentage() {
    return refundPercentage == null ? null : Percentage.plain(refundPercentage);
  }

  public boolean redeliver() {
    return redeliver;
  }

  public Status status() {
    return status;
  }

  public Instant madeAt() {
    return madeAt;
  }

  public @Nullable Instant answeredAt() {
    return answeredAt;
  }
}
