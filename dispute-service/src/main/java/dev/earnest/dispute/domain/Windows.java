package dev.earnest.dispute.domain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long each step of a dispute may take before it moves on by itself.
@ConfigMapping(prefix = "earnest.dispute")
public interface Windows {
  /// The parties may settle between themselves for this long before others decide.
  @WithDefault("24H")
  Duration negotiation();

  /// A jury votes within this time.
  @WithDefault("24H")
  Duration jury();

  /// An admin rules within this time; after it the money is split.
  @WithDefault("14D")
  Duration arbitration();

  /// When a state entered now ends by itself; null for OPENING, which waits for task-service, and
  /// for those that are final.
  default @Nullable Instant deadline(DisputeState entered, Instant now) {
    return switch (entered) {
      case NEGOTIATION -> now.plus(negotiation());
      case JURY -> now.plus(jury());
      case ARBITRATION -> now.plus(arbitration());
      case OPENING, RESOLVED, REFUSED -> null;
    };
  }
}
