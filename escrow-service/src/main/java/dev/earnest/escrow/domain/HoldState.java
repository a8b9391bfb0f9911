package dev.earnest.escrow.domain;

/// Where a task's money is; see [HoldLifecycle] for what may follow what.
public enum HoldState {
  /// Nothing was asked for, or the hold was refused.
  NONE,
  /// In the task's escrow account.
  HELD,
  /// In escrow, and nobody may have it until the dispute is over.
  FROZEN,
  /// Paid to the agent, less the fee.
  RELEASED,
  /// Back with the buyer.
  REFUNDED,
  /// Divided as a ruling said.
  SETTLED
}
