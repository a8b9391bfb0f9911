package dev.earnest.task.domain;

import dev.earnest.kit.problem.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long a request may wait for something.
public final class Waits {
  private Waits() {}

  /// @param seconds as the request says; null is not at all
  /// @throws Refusal 400 when it is no whole number of seconds within 0 and the longest wait
  public static Duration parse(String field, @Nullable String seconds, Duration longest) {
    if (seconds == null) {
      return Duration.ZERO;
    }
    try {
      Duration wait = Duration.ofSeconds(Integer.parseInt(seconds));
      if (!wait.isNegative() && wait.compareTo(longest) <= 0) {
        return wait;
      }
    } catch (NumberFormatException _) {
      // No number: told below like one that is out of bounds.
    }
    throw Refusal.invalid(
        field, "must be a whole number of seconds within 0 and " + longest.toSeconds());
  }
}
