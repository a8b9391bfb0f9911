package dev.earnest.dispute.domain;

/// How the money of a disputed task goes.
public enum Resolution {
  /// A share of it back to the buyer; the task ends CANCELLED.
  REFUND_BUYER,
  /// All of it to the agent; the task ends COMPLETED.
  RELEASE_TO_AGENT,
  /// Shared; the task ends COMPLETED.
  SPLIT
}
