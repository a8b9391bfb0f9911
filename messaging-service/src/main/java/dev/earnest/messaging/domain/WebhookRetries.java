package dev.earnest.messaging.domain;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// When a delivery that failed is tried again.
@ApplicationScoped
class WebhookRetries {
  static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(10));

  /// A pause is shortened by up to a tenth, so that what failed together does not come back together.
  private static final double JITTER = 0.1;

  private static final Duration LONGEST = Duration.ofHours(10);

  /// The time of the next attempt, null when there is none.
  ///
  /// @param attempts how many have failed, at least one
  /// @param asked what the receiver asked for; it is never tried sooner
  @Nullable Instant after(int attempts, Instant now, @Nullable Duration asked) {
    if (attempts > PAUSES.size()) {
      return null;
    }
    Duration pause = PAUSES.get(attempts - 1);
    double share = 1 - JITTER * ThreadLocalRandom.current().nextDouble();
    Duration jittered = Duration.ofMillis((long) (pause.toMillis() * share));
    Instant next = now.plus(jittered);
    @Nullable Instant wanted = pause(now, asked);
    return wanted == null || wanted.isBefore(next) ? next : wanted;
  }

  /// Until when a receiver wants nothing, as far as we do as it says; null when it did not say.
  @Nullable Instant pause(Instant now, @Nullable Duration asked) {
    if (asked == null) {
      return null;
    }
    return now.plus(asked.compareTo(LONGEST) > 0 ? LONGEST : asked);
  }
}
