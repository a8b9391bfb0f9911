package dev.earnest.dispute.domain;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Looks every second for disputes whose step has run out. The deadlines are columns, so a restart
/// loses none; each dispute is taken under its lock and looked at again, so a deadline fires once
/// however many replicas look.
@ApplicationScoped
class DisputeDeadlines {
  private static final Logger LOG = Logger.getLogger(DisputeDeadlines.class);
  private static final int BATCH = 100;

  private final DisputeRepository disputes;
  private final Proceedings proceedings;
  private final InstantSource clock;

  DisputeDeadlines(DisputeRepository disputes, Proceedings proceedings, InstantSource clock) {
    this.disputes = disputes;
    this.proceedings = proceedings;
    this.clock = clock;
  }

  @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  void moveOn() {
    Instant now = clock.instant();
    List<UUID> due = QuarkusTransaction.requiringNew().call(() -> disputes.due(now, BATCH));
    due.forEach(id -> alone(id, now));
  }

  /// One dispute, one transaction: one that fails holds up no other.
  private void alone(UUID id, Instant now) {
    try {
      QuarkusTransaction.requiringNew()
          .run(() -> disputes.lockDue(id, now).ifPresent(proceedings::runOut));
    } catch (RuntimeException e) {
      LOG.warnf(e, "dispute %s: its deadline failed and will be tried again", id);
    }
  }
}
