package dev.earnest.dispute.domain;

import dev.earnest.kit.event.Outbox;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.id.JustCreated;
import dev.earnest.kit.problem.IllegalMove;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Caller;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/// Opens disputes. What is plainly hopeless is refused at once by the own copy of the task;
/// task-service decides about the rest.
@ApplicationScoped
public class DisputeOpening {
  private static final int MOST_OPEN = 10;

  private final TaskCopies tasks;
  private final JustCreated justCreated;
  private final DisputeRepository disputes;
  private final Proceedings proceedings;
  private final EntityManager entities;
  private final Outbox outbox;
  private final Ids ids;
  private final InstantSource clock;

  public DisputeOpening(
      TaskCopies tasks,
      JustCreated justCreated,
      DisputeRepository disputes,
      Proceedings proceedings,
      EntityManager entities,
      Outbox outbox,
      Ids ids,
      InstantSource clock) {
    this.tasks = tasks;
    this.justCreated = justCreated;
    this.disputes = disputes;
    this.proceedings = proceedings;
    this.entities = entities;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
  }

  /// Opens a dispute. It may wait a moment for a task that was only just created, so it starts
  /// its own transaction after that, unless its caller has one already.
  ///
  /// @throws Refusal 404 not visible, 403 no party, 409 `dispute_open` or `not_disputable` with the
  ///     task's state, 429 `too_many_disputes`
  public Dispute open(UUID taskId, Caller caller, Category category, String reason) {
    TaskCopy task =
        justCreated
            .find(taskId, () -> tasks.find(taskId).filter(copy -> copy.isVisibleTo(caller)))
            .orElseThrow(() -> Refusal.notFound("task"));
    PartyRole role =
        task.roleOf(caller.account())
            .orElseThrow(
                () -> Refusal.forbidden("Only the task's buyer and its agent can dispute it."));
    awaitStart(taskId);
    return QuarkusTransaction.joiningExisting()
        .call(() -> write(taskId, caller.account(), role, category, reason));
  }

  /// A young task that looks too young for a dispute may have started a moment ago.
  private void awaitStart(UUID taskId) {
    var _ = justCreated.find(taskId, () -> tasks.find(taskId).filter(TaskCopy::isDisputable));
  }

  private Dispute write(
      UUID taskId, String account, PartyRole role, Category category, String reason) {
    lockOpener(account);
    TaskCopy task = tasks.lock(taskId).orElseThrow(() -> Refusal.notFound("task"));
    if (disputes.hasOpen(taskId)) {
      throw new IllegalMove("dispute_open", task.status(), "The task has an open dispute already.");
    }
    if (!task.isDisputable()) {
      throw new IllegalMove(
          "not_disputable", task.status(), "A task that is " + task.status() + " has no dispute.");
    }
    if (disputes.openBy(account) >= MOST_OPEN) {
      throw new Refusal(
          429, "too_many_disputes", "You have " + MOST_OPEN + " open disputes already.");
    }
    Instant now = clock.instant();
    Dispute dispute = new Dispute(ids.next(), task, account, role, category, reason, now);
    disputes.persist(dispute);
    proceedings.record(dispute, "open", account, now);
    outbox.append(dispute.opened());
    return dispute;
  }

  /// An account opens one dispute at a time, or the count of its open ones could be wrong.
  private void lockOpener(String account) {
    entities
        .createNativeQuery(
            "SELECT 1 FROM pg_advisory_xact_lock(hashtext('dispute.opener'), hashtext(:account))")
        .setParameter("account", account)
        .getSingleResult();
  }
}
