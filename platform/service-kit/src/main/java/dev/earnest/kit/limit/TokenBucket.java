package dev.earnest.kit.limit;

import java.time.Duration;

/// So many at once, and so many a second after that. Starts full.
final class TokenBucket {
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final int burst;
  private double level;
  private long at;

  /// @param nanos a moment of [System#nanoTime]
  TokenBucket(double perSecond, int burst, long nanos) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.level = burst;
    this.at = nanos;
  }

  /// What is left after an attempt to take one.
  ///
  /// @param taken whether there was one
  /// @param remaining how many are there now
  /// @param next until there is one again; zero when there is
  /// @param full until it is full again
  record Level(boolean taken, int remaining, Duration next, Duration full) {}

  synchronized Level take(long nanos) {
    refill(nanos);
    boolean taken = level >= 1;
    if (taken) {
      level -= 1;
    }
    return level(taken);
  }

  synchronized Level look(long nanos) {
    refill(nanos);
    return level(level >= 1);
  }

  private void refill(long nanos) {
    level = Math.min(burst, level + (nanos - at) / NANOS * perSecond);
    at = nanos;
  }

  private Level level(boolean taken) {
    return new Level(taken, (int) level, until(1), until(burst));
  }

  private Duration until(double wanted) {
    return Duration.ofNanos((long) (Math.max(0, wanted - level) / perSecond * NANOS));
  }
}
