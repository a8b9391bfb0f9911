package dev.earnest.escrow.domain;

/// Why money moved.
public enum TransferKind {
  /// Outside world → wallet; the reference is the payer's.
  DEPOSIT,
  /// Buyer's wallet → escrow.
  HOLD,
  /// Escrow → buyer's wallet: what the agreed price left of the budget.
  PARTIAL_REFUND,
  /// Escrow → agent's wallet and fee.
  RELEASE,
  /// Escrow → buyer's wallet, all that is left.
  REFUND,
  /// Escrow → buyer's wallet, agent's wallet and fee, as a ruling says.
  SETTLEMENT
}
