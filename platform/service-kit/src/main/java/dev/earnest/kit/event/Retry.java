package dev.earnest.kit.event;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whether and when a failed event is tried again: with backoff, three times for any reason, and
/// without end while the reason is the database's state and not the event.
final class Retry {
  private static final int ATTEMPTS = 3;
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /// SQLSTATE classes and codes that pass: connection, resources, operator intervention,
  /// serialisation failure, deadlock, lock not available.
  private static final Set<String> PASSING_CLASSES = Set.of("08", "53", "57");

  private static final Set<String> PASSING_CODES = Set.of("40001", "40P01", "55P03");

  private int failures;
  private Duration next = FIRST;

  boolean again(Throwable error) {
    if (!passes(error) && ++failures >= ATTEMPTS) {
      return false;
    }
    pause(next);
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return true;
  }

  void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted; the events will come again", e);
    }
  }

  static String reason(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  private static boolean passes(@Nullable Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      // Why a commit failed hangs beside the chain of causes.
      if (Stream.of(cause.getSuppressed()).anyMatch(Retry::passes)) {
        return true;
      }
      if (cause instanceof SQLTransientException
          || cause instanceof SQLNonTransientConnectionException) {
        return true;
      }
      if (cause instanceof SQLException sql) {
        String state = sql.getSQLState();
        if (state == null) {
          // Only the pool speaks without a state: it has no connection to give.
          return true;
        }
        return PASSING_CODES.contains(state)
            || (state.length() == 5 && PASSING_CLASSES.contains(state.substring(0, 2)));
      }
    }
    return false;
  }
}
