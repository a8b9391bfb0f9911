package dev.earnest.kit.shutdown;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Timers rest before anything that they use is taken down.
@ApplicationScoped
class TimersAtShutdown {
  private final Scheduler scheduler;

  TimersAtShutdown(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  void rest(@Observes @Priority(ShutdownOrder.TIMERS) ShutdownEvent event) {
    scheduler.pause();
  }
}
