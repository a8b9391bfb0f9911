package dev.earnest.escrow.domain;

import dev.earnest.kit.problem.Refusal;

/// Who stands between the ledger and the money outside. What a provider has received and not paid
/// out is the balance, below zero, of its own accounts of the outside world.
public interface PaymentProvider {
  /// A short, stable name: it is part of the names of its accounts in the ledger.
  String name();

  /// Confirms that a deposit has arrived. Called outside any transaction, before the ledger counts
  /// it; asked again about the same deposit it says the same.
  ///
  /// @throws Refusal when the provider does not know of it
  void confirm(Deposit deposit);

  /// Pays a withdrawal out, once: asked again about one that it has paid, as after a crash, it does
  /// nothing. Called while the withdrawal is locked, before the ledger counts it as paid.
  ///
  /// @throws Refusal when it cannot or will not, or has cancelled it; nothing was paid then
  void payOut(Withdrawal withdrawal);

  /// Promises that a withdrawal is not paid out any more, before its money goes back to the wallet.
  /// Called while the withdrawal is locked; asked again it promises the same.
  ///
  /// @throws Refusal when it has paid it, or may have
  void cancel(Withdrawal withdrawal);
}
