package dev.earnest.dispute.domain;

import dev.earnest.kit.problem.Refusal;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What a party offers to settle on.
public sealed interface Terms {
  /// The buyer gets this share back, the agent the rest.
  record Refund(BigDecimal percentage) implements Terms {}

  /// The agent delivers again.
  record Redeliver() implements Terms {}

  /// The one or the other, as a party writes it.
  ///
  /// @throws Refusal 400 when it is neither or both, or no percentage
  static Terms of(@Nullable BigDecimal refundPercentage, @Nullable Boolean redeliver) {
    boolean again = Boolean.TRUE.equals(redeliver);
    if (again == (refundPercentage != null)) {
      throw Refusal.invalid("refundPercentage", "either this or redeliver: true is needed");
    }
    return refundPercentage == null
        ? new Redeliver()
        : new Refund(Percentage.checked("refundPercentage", refundPercentage));
  }
}
