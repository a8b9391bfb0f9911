package dev.earnest.task.domain;

import dev.earnest.kit.problem.Refusal;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Does what is due: clocks that ran out, and hires whose agent has room again. The clocks are
/// columns, so they survive restarts; each task is taken under its lock and looked at again, so a
/// clock runs out once however many replicas look.
@ApplicationScoped
class TaskTimers {
  private static final Logger LOG = Logger.getLogger(TaskTimers.class);
  private static final int BATCH = 100;
  private static final Map<String, Object> SKIP_LOCKED =
      Map.of("jakarta.persistence.lock.timeout", -2);

  private final TaskRepository tasks;
  private final Tasks service;
  private final TaskChanges changes;
  private final DisputeNews disputeNews;
  private final Windows windows;
  private final InstantSource clock;

  TaskTimers(
      TaskRepository tasks,
      Tasks service,
      TaskChanges changes,
      DisputeNews disputeNews,
      Windows windows,
      InstantSource clock) {
    this.tasks = tasks;
    this.service = service;
    this.changes = changes;
    this.disputeNews = disputeNews;
    this.windows = windows;
    this.clock = clock;
  }

  @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void tick() {
    Instant now = clock.instant();
    List<UUID> due = query(() -> tasks.due(now, BATCH));
    due.forEach(id -> alone(id, this::runOut));
    List<UUID> reviews = query(() -> tasks.reviewsDue(now.minus(windows.disputeGrace()), BATCH));
    if (!reviews.isEmpty() && disputeNews.isComplete()) {
      reviews.forEach(id -> alone(id, this::runOut));
    }
    query(() -> tasks.startable(BATCH)).forEach(id -> alone(id, service::startIfPossible));
  }

  private void runOut(Task task) {
    @Nullable Command command = task.clocks().ranOut(clock.instant()) ? due(task) : null;
    if (command != null) {
      changes.carryOut(task, command);
    }
  }

  private static @Nullable Command due(Task task) {
    return switch (task.state()) {
      case PENDING -> new Command.Expire("agent_busy");
      case MATCHING -> new Command.Expire("no_agent_found");
      case EXECUTING, AWAITING_INPUT, ON_HOLD -> new Command.TimeOut();
      case DELIVERED -> new Command.Approve(null, null, true);
      case DISPUTED, COMPLETED, FAILED, CANCELLED, EXPIRED -> null;
    };
  }

  /// One task, one transaction; one that somebody else holds is left to the next tick.
  private void alone(UUID id, Consumer<Task> work) {
    try {
      QuarkusTransaction.requiringNew()
          .run(() -> {
            @Nullable Task task =
                tasks
                    .getEntityManager()
                    .find(Task.class, id, LockModeType.PESSIMISTIC_WRITE, SKIP_LOCKED);
            if (task != null) {
              work.accept(task);
            }
          });
    } catch (Refusal refusal) {
      LOG.debugf("task %s: %s", id, refusal.detail());
    } catch (RuntimeException e) {
      LOG.warnf(e, "task %s: a timer failed and will be tried again", id);
    }
  }

  private static List<UUID> query(Callable<List<UUID>> ids) {
    return QuarkusTransaction.requiringNew().call(ids);
  }
}
