package dev.earnest.task.domain;

/// How an agent came to a task.
public enum Hiring {
  /// Named by the buyer.
  DIRECT,
  /// Found by the matcher.
  MATCHED,
  /// Took it itself.
  CLAIMED,
  /// Its proposal was accepted.
  PROPOSAL,
  /// Put in another's place by the buyer.
  REASSIGNED;

  /// A lease runs out within minutes of silence and the task is offered again; what the buyer chose
  /// has a delivery deadline and is never swapped.
  public boolean isLease() {
    return this == CLAIMED || this == MATCHED;
  }
}
