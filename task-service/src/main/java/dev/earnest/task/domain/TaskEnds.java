package dev.earnest.task.domain;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/// Waits for tasks to be over, without holding anything meanwhile.
@ApplicationScoped
public class TaskEnds {
  /// What another replica ended is seen after so long.
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final TaskRepository tasks;
  private final Signals signals;

  TaskEnds(TaskRepository tasks, Signals signals) {
    this.tasks = tasks;
    this.signals = signals;
  }

  /// Returns when the task is over, or the time is, or the service stops.
  public void await(UUID task, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    Bell bell = signals.watch(task);
    try {
      while (true) {
        long seen = bell.rings();
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        if (!left.isPositive() || signals.isClosing() || isOver(task)) {
          return;
        }
        bell.await(seen, left.compareTo(LOOK) < 0 ? left : LOOK);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      signals.unwatch(task);
    }
  }

  private boolean isOver(UUID task) {
    return QuarkusTransaction.requiringNew()
        .call(() -> tasks.state(task).map(TaskState::isFinal).orElse(true));
  }
}
