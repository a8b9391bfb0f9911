package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The platform's fee, in basis points of what the agent receives, rounded half-even on
/// micro-units; what rounding leaves stays with the agent.
@ApplicationScoped
public class Fees {
  private static final int WHOLE = 10_000;
  private static final int PERCENT = 100;

  private final BigDecimal basisPoints;

  public Fees(@ConfigProperty(name = "earnest.fee-basis-points") int basisPoints) {
    if (basisPoints < 0 || basisPoints > WHOLE) {
      throw new IllegalArgumentException("earnest.fee-basis-points must be within 0 and 10000");
    }
    this.basisPoints = BigDecimal.valueOf(basisPoints);
  }

  /// How held money is paid out; `refund + fee + net` is exactly what was held.
  public record Split(Money refund, Money fee, Money net) {
    /// What goes to the agent's side: the fee is part of it.
    public Money gross() {
      return fee.plus(net);
    }
  }

  /// All of it goes to the agent, less the fee.
  public Split release(Money held) {
    return split(held, BigDecimal.ZERO);
  }

  /// The buyer gets a share of it back, the agent the rest, less the fee.
  ///
  /// @param refundPercentage which share goes back to the buyer, 0..100, decimals allowed
  public Split split(Money held, BigDecimal refundPercentage) {
    if (refundPercentage.signum() < 0
        || refundPercentage.compareTo(BigDecimal.valueOf(PERCENT)) > 0) {
      throw new IllegalArgumentException("not a percentage: " + refundPercentage);
    }
    Money refund = held.share(refundPercentage, PERCENT);
    Money gross = held.minus(refund);
    Money fee = gross.share(basisPoints, WHOLE);
    return new Split(refund, fee, gross.minus(fee));
  }
}
