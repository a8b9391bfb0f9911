package dev.earnest.dispute.domain;

import dev.earnest.kit.problem.Refusal;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a dispute was decided.
///
/// @param refundPercentage the buyer's share of what was held, 0 to 100
/// @param by the account of the admin who ruled or the party who accepted; null for a jury, a rule or
///     a deadline
public record Ruling(
    Resolution resolution,
    BigDecimal refundPercentage,
    Tier tier,
    @Nullable String by,
    @Nullable String notes) {

  /// An admin's ruling. REFUND_BUYER refunds everything and SPLIT half where no percentage is given.
  ///
  /// @throws Refusal 400 when the percentage is none, or comes with RELEASE_TO_AGENT
  public static Ruling arbitration(
      Resolution resolution, @Nullable BigDecimal percentage, String by, @Nullable String notes) {
    if (percentage != null && resolution == Resolution.RELEASE_TO_AGENT) {
      throw Refusal.invalid("refundPercentage", "does not go with RELEASE_TO_AGENT");
    }
    BigDecimal share =
        percentage == null
            ? usualShare(resolution)
            : Percentage.checked("refundPercentage", percentage);
    return new Ruling(resolution, share, Tier.ARBITRATION, by, notes);
  }

  static Ruling nothingDelivered() {
    return new Ruling(
        Resolution.REFUND_BUYER, Percentage.ALL, Tier.AUTOMATIC, null, "Nothing was delivered.");
  }

  static Ruling verdict(Resolution resolution) {
    return new Ruling(resolution, usualShare(resolution), Tier.JURY, null, null);
  }

  static Ruling settlement(BigDecimal percentage, String by) {
    Resolution resolution = Resolution.SPLIT;
    if (percentage.signum() == 0) {
      resolution = Resolution.RELEASE_TO_AGENT;
    } else if (percentage.compareTo(Percentage.ALL) == 0) {
      resolution = Resolution.REFUND_BUYER;
    }
    return new Ruling(resolution, percentage, Tier.SETTLEMENT, by, null);
  }

  /// Nobody ruled in time: money must not stay frozen because the house is silent.
  static Ruling byDefault() {
    return new Ruling(
        Resolution.SPLIT, Percentage.HALF, Tier.ARBITRATION, null, "Nobody ruled in time.");
  }

  /// What it does to the agent's reputation: nothing where nobody judged, as when the parties
  /// settled or the last deadline ran out.
  Optional<BigDecimal> reputation() {
    boolean judged = tier != Tier.SETTLEMENT && (tier != Tier.ARBITRATION || by != null);
    return judged ? Optional.of(reputationAfter(resolution)) : Optional.empty();
  }

  private static BigDecimal reputationAfter(Resolution resolution) {
    return switch (resolution) {
      case REFUND_BUYER -> new BigDecimal("-0.15");
      case RELEASE_TO_AGENT -> new BigDecimal("0.1");
      case SPLIT -> new BigDecimal("-0.05");
    };
  }

  private static BigDecimal usualShare(Resolution resolution) {
    return switch (resolution) {
      case REFUND_BUYER -> Percentage.ALL;
      case RELEASE_TO_AGENT -> BigDecimal.ZERO;
      case SPLIT -> Percentage.HALF;
    };
  }
}
