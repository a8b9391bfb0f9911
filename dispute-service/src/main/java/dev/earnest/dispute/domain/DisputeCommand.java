package dev.earnest.dispute.domain;

/// What can be asked of a dispute.
public sealed interface DisputeCommand {
  /// What must be done before the deadline of the current step.
  sealed interface Timely extends DisputeCommand
      permits MakeOffer, RejectOffer, AcceptOffer, CastVote {}

  /// Task-service froze the task.
  ///
  /// @param delivered whether anything was ever delivered
  record Confirm(boolean delivered) implements DisputeCommand {}

  /// Task-service would not freeze the task.
  record Refuse(String reason) implements DisputeCommand {}

  /// A party shows why it is right.
  record SubmitEvidence() implements DisputeCommand {}

  /// A party proposes how to settle.
  record MakeOffer() implements Timely {}

  /// The other party says no to an offer.
  record RejectOffer() implements Timely {}

  /// The other party, `by`, says yes to an offer.
  record AcceptOffer(Terms terms, String by) implements Timely {}

  /// A party wants an admin to rule.
  record Escalate() implements DisputeCommand {}

  /// A juror voted; `tally` counts that vote too.
  record CastVote(Tally tally) implements Timely {}

  /// The deadline of the current step has passed.
  ///
  /// @param seated how many jurors could be drawn, where a jury is next
  /// @param tally the votes, where a jury was asked
  record RunOut(int seated, Tally tally) implements DisputeCommand {}

  /// An admin rules.
  record Rule(Ruling ruling) implements DisputeCommand {}
}
