package dev.earnest.kit.event;

import dev.earnest.kit.shutdown.ShutdownOrder;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Publishes the outbox to Kafka. It wakes at commit (no polling on the happy path) and looks by
/// itself once a second for what a crash may have left behind.
///
/// Order per key and many replicas: a round takes the locks of the lanes that nobody else is
/// publishing, sends their events in order, waits for the broker's acknowledgement, and deletes
/// them, all in one transaction. A crash at any point publishes again what was not deleted, under
/// the same event ids; consumers ignore what they know.
@ApplicationScoped
public class Relay {
  private static final Logger LOG = Logger.getLogger(Relay.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration POLL_WHILE_SHARED = Duration.ofMillis(25);
  private static final Duration BACKOFF = Duration.ofMillis(500);
  private static final Duration LAST_ROUNDS = Duration.ofSeconds(10);

  private final AgroalDataSource dataSource;
  private final EventPublisher publisher;
  private final MeterRegistry meters;
  private final Semaphore wakeUps = new Semaphore(0);
  private volatile boolean running = true;
  private volatile Thread thread = Thread.ofPlatform().unstarted(() -> {});

  public Relay(AgroalDataSource dataSource, EventPublisher publisher, MeterRegistry meters) {
    this.dataSource = dataSource;
    this.publisher = publisher;
    this.meters = meters;
  }

  /// Tells the relay that events were committed.
  public void wake() {
    wakeUps.release();
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofPlatform().name("outbox-relay").daemon().start(this::run);
  }

  void stop(@Observes @Priority(ShutdownOrder.RELAY) ShutdownEvent event)
      throws InterruptedException {
    running = false;
    wake();
    thread.join(LAST_ROUNDS);
    publisher.close();
  }

  private void run() {
    Duration pause = POLL;
    boolean lastRound = false;
    while (!lastRound) {
      lastRound = !running;
      try {
        if (wakeUps.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          wakeUps.drainPermits();
        }
        pause = drain();
      } catch (InterruptedException _) {
        return;
      } catch (SQLException | RuntimeException e) {
        if (running) {
          LOG.warnf("outbox not published, will be tried again: %s", e.toString());
        }
        pause = BACKOFF;
      }
    }
  }

  private Duration drain() throws SQLException {
    OutboxRound.Result result;
    do {
      try (Connection connection = dataSource.getConnection()) {
        result = new OutboxRound(connection, publisher).publish();
      }
      meters.counter("earnest.outbox.published").increment(result.published());
    } while (result.full());
    return result.lanesLeftToOthers() ? POLL_WHILE_SHARED : POLL;
  }
}
