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
  SETTLEMENT,
  /// Buyer's wallet → agent's wallet, on top of the price; no fee.
  TIP,
  /// As a tip, by another name.
  BONUS,
  /// Wallet → pending: asked for, not paid out yet; the reference is the withdrawal's id.
  WITHDRAWAL,
  /// Pending → outside world.
  WITHDRAWAL_CONFIRMED,
  /// Pending → back to the wallet.
  WITHDRAWAL_REJECTED
}
