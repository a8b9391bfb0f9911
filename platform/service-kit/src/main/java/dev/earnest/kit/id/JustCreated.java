package dev.earnest.kit.id;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The other services learn of a task a moment after task-service. For an id whose own time is only
/// seconds old, a reader waits a little before it says that there is no such task.
@ApplicationScoped
public class JustCreated {
  private static final Duration YOUNG = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final InstantSource clock;

  public JustCreated(InstantSource clock) {
    this.clock = clock;
  }

  /// Looks until it is found or patience ends; call it outside any transaction, on a virtual thread.
  public <T> Optional<T> find(UUID id, Supplier<Optional<T>> look) {
    Optional<T> found = look.get();
    if (found.isPresent() || !isYoung(id)) {
      return found;
    }
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (found.isEmpty() && System.nanoTime() < end && pause()) {
      found = look.get();
    }
    return found;
  }

  private boolean isYoung(UUID id) {
    @Nullable Instant madeAt = Ids.madeAt(id);
    return madeAt != null && Duration.between(madeAt, clock.instant()).abs().compareTo(YOUNG) < 0;
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
