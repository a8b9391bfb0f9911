package dev.earnest.messaging.domain;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Which endpoints may have something to be sent now: what wakes the dispatcher of this process at
/// once, instead of at its next look around.
@ApplicationScoped
class WebhookNews {
  private final Queue<UUID> endpoints = new ConcurrentLinkedQueue<>();
  private final Semaphore bell = new Semaphore(0);

  void tell(Collection<UUID> told) {
    endpoints.addAll(told);
    bell.release();
  }

  void wake() {
    tell(List.of());
  }

  /// Waits until something was told, at most so long, and takes it.
  Set<UUID> await(Duration atMost) throws InterruptedException {
    if (bell.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      bell.drainPermits();
    }
    Set<UUID> told = new HashSet<>();
    for (UUID endpoint = endpoints.poll(); endpoint != null; endpoint = endpoints.poll()) {
      told.add(endpoint);
    }
    return told;
  }
}
