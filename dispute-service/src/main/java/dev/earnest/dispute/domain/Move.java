package dev.earnest.dispute.domain;

/// What a command does to a dispute: the state it is in afterwards, and what came of it.
public record Move(DisputeState to, Outcome outcome) {

  /// What others must hear of, or how a dispute ended, if it did.
  public sealed interface Outcome {}

  public record Undecided() implements Outcome {}

  /// Five jurors are to vote.
  public record JuryCalled() implements Outcome {}

  /// An admin has to rule.
  public record Escalated(Cause cause) implements Outcome {}

  public record Ruled(Ruling ruling) implements Outcome {}

  public record Refused(String reason) implements Outcome {}

  /// The parties agreed, by the acceptance of `agreedBy`, that the agent delivers again.
  public record Redelivery(String agreedBy) implements Outcome {}

  /// Why a dispute came before an admin.
  public enum Cause {
    PARTY,
    TOO_FEW_JURORS,
    NO_MAJORITY
  }
}
