package dev.earnest.dispute.domain;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;

/// Looks every second for disputes whose step has run out. The deadlines themselves are in the
/// table, so a restart loses none.
@ApplicationScoped
class DisputeDeadlines {
  private final Proceedings proceedings;

  DisputeDeadlines(Proceedings proceedings) {
    this.proceedings = proceedings;
  }

  @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  void moveOn() {
    boolean more;
    do {
      more = proceedings.runOutDue();
    } while (more);
  }
}
