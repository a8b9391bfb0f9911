package dev.earnest.dispute.domain;

import dev.earnest.kit.problem.Refusal;
import java.math.BigDecimal;

/// Shares in percent: 0 to 100, at most six decimals, as exact as money is.
final class Percentage {
  static final BigDecimal ALL = BigDecimal.valueOf(100);
  static final BigDecimal HALF = BigDecimal.valueOf(50);
  private static final int DECIMALS = 6;

  private Percentage() {}

  /// @throws Refusal 400 when it is not a percentage
  static BigDecimal checked(String field, BigDecimal asked) {
    if (asked.signum() < 0 || asked.compareTo(ALL) > 0) {
      throw Refusal.invalid(field, "must be within 0 and 100");
    }
    BigDecimal exact = plain(asked);
    if (exact.scale() > DECIMALS) {
      throw Refusal.invalid(field, "must not have more than 6 decimals");
    }
    return exact;
  }

  /// Without the zeros that the database fills in: 50, not 50.000000.
  static BigDecimal plain(BigDecimal share) {
    if (share.signum() == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal exact = share.stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }
}
