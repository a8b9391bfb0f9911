package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.Tip;
import dev.earnest.escrow.domain.TransferKind;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.Refusal;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a buyer gives on top of the price.
///
/// @param amount over 0, in units of the currency, at most six decimals
/// @param currency USDC when absent
/// @param type TIP or BONUS, in any case
/// @param note up to 1000 characters, for the agent to read
public record TipRequest(
    @Nullable BigDecimal amount,
    @Nullable String currency,
    @Nullable String type,
    @Nullable String note) {

  /// @throws Refusal 400 for what makes no sense
  Tip.Request tip() {
    return new Tip.Request(
        kind(), Money.positive("amount", amount, currency), Accounts.note("note", note));
  }

  private TransferKind kind() {
    return switch (String.valueOf(type).toUpperCase(Locale.ROOT)) {
      case "TIP" -> TransferKind.TIP;
      case "BONUS" -> TransferKind.BONUS;
      default -> throw Refusal.invalid("type", "must be TIP or BONUS");
    };
  }
}
