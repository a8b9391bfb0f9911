package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.SpendCaps;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.Refusal;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What an account lets itself spend. Absent or null is without end; 0 is nothing at all.
///
/// @param perTask of one task: its hold and its tips; in USDC, at most six decimals
/// @param perDay of one day of UTC
public record CapsRequest(@Nullable BigDecimal perTask, @Nullable BigDecimal perDay) {
  /// @throws Refusal 400 for what makes no sense
  SpendCaps caps() {
    return new SpendCaps(cap("perTask", perTask), cap("perDay", perDay));
  }

  private static @Nullable Money cap(String field, @Nullable BigDecimal cap) {
    return cap == null ? null : Money.notNegative(field, cap, Money.USDC);
  }
}
