package dev.earnest.dispute.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A seat on the jury of a dispute, and the vote cast from it.
@Entity
@Table(name = "jurors")
public class Juror {
  @Id private UUID id;

  @Column(name = "dispute_id", updatable = false)
  private UUID disputeId;

  @Column(updatable = false)
  private String account;

  @Column(name = "called_at", updatable = false)
  private Instant calledAt;

  @Enumerated(EnumType.STRING)
  private @Nullable Vote vote;

  private @Nullable String comment;

  @Column(name = "voted_at")
  private @Nullable Instant votedAt;

  @SuppressWarnings("NullAway.Init")
  protected Juror() {}

  Juror(UUID id, UUID disputeId, String account, Instant calledAt) {
    this.id = id;
    this.disputeId = disputeId;
    this.account = account;
    this.calledAt = calledAt;
  }

  void cast(Vote wanted, @Nullable String why, Instant at) {
    vote = wanted;
    comment = why;
    votedAt = at;
  }

  public String account() {
    return account;
  }

  /// Null as long as there is none.
  public @Nullable Vote vote() {
    return vote;
  }

  public @Nullable String comment() {
    return comment;
  }

  public @Nullable Instant votedAt() {
    return votedAt;
  }
}
