package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.Deposit;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.Refusal;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Money that an admin says has arrived.
///
/// @param account whose wallet
/// @param amount over 0, in units of the currency, at most six decimals
/// @param currency USDC when absent
/// @param reference the payment's own name; it counts once
public record DepositRequest(
    @Nullable String account,
    @Nullable BigDecimal amount,
    @Nullable String currency,
    @Nullable String reference) {

  /// @throws Refusal 400 for what makes no sense
  Deposit deposit() {
    return new Deposit(
        Accounts.name("account", account),
        Money.positive("amount", amount, currency),
        Accounts.name("reference", reference));
  }
}
