package dev.earnest.task.domain;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Does what is due: clocks that ran out. The clocks are
/// columns, so they survive restarts; each task is taken under its lock and looked at again, so a
/// clock runs out once however many replicas look.
@ApplicationScoped
class TaskTimers {
  private static final int BATCH = 100;

  private final TaskRepository tasks;
  private final TaskChanges changes;
  private final OneTask one;
  private final DisputeNews disputeNews;
  private final Windows windows;
  private final InstantSource clock;

  TaskTimers(
      TaskRepository tasks,
      TaskChanges changes,
      OneTask one,
      DisputeNews disputeNews,
      Windows windows,
      InstantSource clock) {
    this.tasks = tasks;
    this.changes = changes;
    this.one = one;
    this.disputeNews = disputeNews;
    this.windows = windows;
    this.clock = clock;
  }

  @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void tick() {
    Instant now = clock.instant();
    List<UUID> due = query(() -> tasks.due(now, BATCH));
    due.forEach(id -> one.locked(id, this::runOut));
    List<UUID> reviews = query(() -> tasks.reviewsDue(now.minus(windows.disputeGrace()), BATCH));
    if (!reviews.isEmpty() && disputeNews.isComplete()) {
      reviews.forEach(id -> one.locked(id, this::runOut));
    }
  }

  private void runOut(Task task) {
    @Nullable Command command = task.clocks().ranOut(clock.instant()) ? due(task) : null;
    if (command != null) {
      changes.carryOut(task, command);
    }
  }

  private static @Nullable Command due(Task task) {
    return switch (task.state()) {
      case PENDING -> new Command.Expire(notStarted(task.mode()));
      case MATCHING -> new Command.Expire("no_agent_found");
      case EXECUTING, AWAITING_INPUT, ON_HOLD -> new Command.TimeOut();
      case DELIVERED -> new Command.Approve(null, null, true);
      case DISPUTED, COMPLETED, FAILED, CANCELLED, EXPIRED -> null;
    };
  }

  private static String notStarted(Mode mode) {
    return switch (mode) {
      case DIRECT -> "agent_busy";
      case PROPOSALS -> "no_proposal_accepted";
      case OPEN, BOARD, MANUAL -> "not_claimed";
    };
  }

  private static List<UUID> query(Callable<List<UUID>> ids) {
    return QuarkusTransaction.requiringNew().call(ids);
  }
}
