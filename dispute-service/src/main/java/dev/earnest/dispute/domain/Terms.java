package dev.earnest.dispute.domain;

import java.math.BigDecimal;

/// What a party offers to settle on.
public sealed interface Terms {
  /// The buyer gets this share back, the agent the rest.
  record Refund(BigDecimal percentage) implements Terms {}

  /// The agent delivers again.
  record Redeliver() implements Terms {}
}
