package dev.earnest.dispute.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/// One step of a dispute's history.
@Entity
@Immutable
@Table(name = "steps")
public class Step {
  static final String CAST_VOTE = "cast_vote";

  @Id private UUID id;

  @Column(name = "dispute_id")
  private UUID disputeId;

  private String command;

  @Enumerated(EnumType.STRING)
  private DisputeState state;

  @Column(name = "taken_by")
  private @Nullable String takenBy;

  @Column(name = "taken_at")
  private Instant takenAt;

  @SuppressWarnings("NullAway.Init")
  protected Step() {}

  /// @param by the account that did it; null for the rules or task-service
  Step(UUID id, Dispute dispute, String command, @Nullable String by, Instant at) {
    this.id = id;
    this.disputeId = dispute.id();
    this.command = command;
    this.state = dispute.state();
    this.takenBy = by;
    this.takenAt = at;
  }

  static String word(DisputeCommand command) {
    return switch (command) {
      case DisputeCommand.Confirm _ -> "confirm";
      case DisputeCommand.Refuse _ -> "refuse";
      case DisputeCommand.SubmitEvidence _ -> "submit_evidence";
      case DisputeCommand.MakeOffer _ -> "make_offer";
      case DisputeCommand.RejectOffer _ -> "reject_offer";
      case DisputeCommand.AcceptOffer _ -> "accept_offer";
      case DisputeCommand.Escalate _ -> "escalate";
      case DisputeCommand.CastVote _ -> CAST_VOTE;
      case DisputeCommand.RunOut _ -> "run_out";
      case DisputeCommand.Rule _ -> "rule";
    };
  }

  /// What was done.
  public String command() {
    return command;
  }

  /// The state it led to.
  public DisputeState state() {
    return state;
  }

  public @Nullable String takenBy() {
    return takenBy;
  }

  public Instant takenAt() {
    return takenAt;
  }
}
