package dev.earnest.escrow.api;

import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.Refusal;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Money that somebody wants paid out.
///
/// @param amount over 0, in units of the currency, at most six decimals
/// @param currency USDC when absent
/// @param destination where to, as whoever pays it out understands it; up to 200 characters
public record WithdrawalRequest(
    @Nullable BigDecimal amount, @Nullable String currency, @Nullable String destination) {

  /// @throws Refusal 400 for what makes no sense
  Money money() {
    return Money.positive("amount", amount, currency);
  }

  /// @throws Refusal 400 as above
  String to() {
    return Accounts.name("destination", destination);
  }
}
