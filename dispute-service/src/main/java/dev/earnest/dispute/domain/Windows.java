package dev.earnest.dispute.domain;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long each step of a dispute may take before it moves on by itself.
public record Windows(Duration negotiation, Duration jury) {

  /// When a state entered now ends by itself; null for those that wait for somebody or are final.
  @Nullable Instant deadline(DisputeState entered, Instant now) {
    return switch (entered) {
      case NEGOTIATION -> now.plus(negotiation);
      case JURY -> now.plus(jury);
      case OPENING, ARBITRATION, RESOLVED, REFUSED -> null;
    };
  }
}
