package dev.earnest.kit.shutdown;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Destroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.TransactionScoped;
import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/// Lets every transaction that runs come to its end before what it works with is taken down.
@ApplicationScoped
class TransactionsAtShutdown {
  private static final Logger LOG = Logger.getLogger(TransactionsAtShutdown.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// One party a transaction, and this object.
  private final Phaser running = new Phaser(1);

  void begins(@Observes @Initialized(TransactionScoped.class) Object transaction) {
    running.register();
  }

  void ends(@Observes @Destroyed(TransactionScoped.class) Object transaction) {
    running.arriveAndDeregister();
  }

  void await(@Observes @Priority(ShutdownOrder.TRANSACTIONS) ShutdownEvent event)
      throws InterruptedException {
    int phase = running.arriveAndDeregister();
    try {
      running.awaitAdvanceInterruptibly(phase, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      LOG.warn("a transaction takes too long and is given up");
    }
  }
}
