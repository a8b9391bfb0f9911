package dev.earnest.escrow.domain;

import dev.earnest.kit.event.Outbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Asks task-service about tasks whose money has been in escrow for long, so that none is stuck: not
/// by an event that was missed or refused, and not after a database was restored. The answer is an
/// event of the task like any other, and [HoldCommand.Align] is what it does.
@ApplicationScoped
public class Reconciler {
  private static final int BATCH = 200;

  private final Reconciliations reconciliations;
  private final Outbox outbox;

  Reconciler(Reconciliations reconciliations, Outbox outbox) {
    this.reconciliations = reconciliations;
    this.outbox = outbox;
  }

  @Scheduled(
      every = "${earnest.reconciliation.every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void tick() {
    boolean more = true;
    while (more) {
      more = QuarkusTransaction.requiringNew().call(this::ask) == BATCH;
    }
  }

  private int ask() {
    List<EscrowEvent.StateAsked> due = reconciliations.due(BATCH);
    if (!due.isEmpty()) {
      reconciliations.asked(due.stream().map(EscrowEvent.StateAsked::taskId).toList());
      outbox.append(due);
    }
    return due.size();
  }

  /// What was asked and what that did, the newest question first.
  ///
  /// @param last the last task of the page before; null for the first page
  @Transactional
  public List<Reconciliation> report(@Nullable UUID last, int limit) {
    return reconciliations.list(last, limit);
  }
}
