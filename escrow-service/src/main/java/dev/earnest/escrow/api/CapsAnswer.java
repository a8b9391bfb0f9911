package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.SpendLimits.Limits;
import dev.earnest.kit.money.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

public record CapsAnswer(boolean success, CapsView caps) {
  static CapsAnswer of(Limits limits) {
    return new CapsAnswer(
        true,
        new CapsView(
            decimal(limits.caps().perTask()),
            decimal(limits.caps().perDay()),
            limits.spentToday().decimal(),
            limits.spentToday().currency()));
  }

  private static @Nullable BigDecimal decimal(@Nullable Money cap) {
    return cap == null ? null : cap.decimal();
  }

  public record CapsView(
      @Nullable BigDecimal perTask,
      @Nullable BigDecimal perDay,
      BigDecimal spentToday,
      String currency) {}
}
