package dev.earnest.escrow.domain;

/// What an account of the ledger is for. Only [#FEE] and [#OUTSIDE] may be below zero.
public enum AccountKind {
  /// What a person or organisation has to spend.
  WALLET,
  /// What is held for one task.
  ESCROW,
  /// What is on its way out of a wallet.
  PENDING_WITHDRAWAL,
  /// What the platform earned.
  FEE,
  /// The world that money comes from and goes to.
  OUTSIDE
}
