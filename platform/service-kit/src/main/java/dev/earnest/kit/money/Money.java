package dev.earnest.kit.money;

import dev.earnest.kit.problem.Refusal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// An amount of one currency in micro-units (1 USDC is 1,000,000). Inside everything is a `long`;
/// a decimal number exists in JSON only.
public record Money(long micros, String currency) {
  /// The only currency so far; six decimals.
  public static final String USDC = "USDC";

  public static final int DECIMALS = 6;
  private static final int MAX_INTEGER_DIGITS = 13;
  private static final BigDecimal MAX = BigDecimal.TEN.pow(12);
  private static final int LEAST_DECIMALS_SHOWN = 2;

  /// An amount over zero that a caller wrote.
  ///
  /// @param field the name of the field it came in, for the problem document
  /// @throws Refusal 400 when it is missing, not over zero, over 10^12, has more than six decimals,
  ///     or the currency does not exist
  public static Money positive(
      String field, @Nullable BigDecimal amount, @Nullable String currency) {
    Money money = notNegative(field, amount, currency);
    if (money.micros == 0) {
      throw Refusal.invalid(field, "must be more than 0");
    }
    return money;
  }

  /// As [#positive], but zero is allowed.
  public static Money notNegative(
      String field, @Nullable BigDecimal amount, @Nullable String currency) {
    if (amount == null) {
      throw Refusal.invalid(field, "is required");
    }
    String known = currency == null ? USDC : currency;
    if (!known.equals(USDC)) {
      throw Refusal.invalid("currency", "must be USDC");
    }
    if (amount.signum() < 0) {
      throw Refusal.invalid(field, "must not be negative");
    }
    // Digits first: 1e999999999 must not be written out to be compared.
    if ((long) amount.precision() - amount.scale() > MAX_INTEGER_DIGITS
        || amount.compareTo(MAX) > 0) {
      throw Refusal.invalid(field, "must not be more than 10^12");
    }
    if (amount.signum() != 0 && amount.stripTrailingZeros().scale() > DECIMALS) {
      throw Refusal.invalid(field, "must not have more than 6 decimals");
    }
    return new Money(
        amount.signum() == 0 ? 0 : amount.movePointRight(DECIMALS).longValueExact(), known);
  }

  /// What an event says; events were checked when they were made.
  public static Money of(BigDecimal amount, String currency) {
    return new Money(amount.movePointRight(DECIMALS).longValueExact(), currency);
  }

  public static Money zero(String currency) {
    return new Money(0, currency);
  }

  /// As JSON shows it: at least two decimals, at most six.
  public BigDecimal decimal() {
    return decimal(micros);
  }

  /// As JSON shows an amount in micro-units.
  public static BigDecimal decimal(long micros) {
    BigDecimal exact = BigDecimal.valueOf(micros, DECIMALS).stripTrailingZeros();
    return exact.scale() < LEAST_DECIMALS_SHOWN
        ? exact.setScale(LEAST_DECIMALS_SHOWN, RoundingMode.UNNECESSARY)
        : exact;
  }

  public boolean isZero() {
    return micros == 0;
  }

  public Money minus(Money other) {
    return new Money(Math.subtractExact(micros, other.micros), same(other));
  }

  public Money plus(Money other) {
    return new Money(Math.addExact(micros, other.micros), same(other));
  }

  /// A share of it, rounded half-even on micro-units.
  ///
  /// @param parts how many parts of `whole`: basis points of 10,000, say
  public Money share(BigDecimal parts, long whole) {
    long share =
        BigDecimal.valueOf(micros)
            .multiply(parts)
            .divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_EVEN)
            .longValueExact();
    return new Money(share, currency);
  }

  private String same(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(currency + " and " + other.currency + " do not add up");
    }
    return currency;
  }
}
