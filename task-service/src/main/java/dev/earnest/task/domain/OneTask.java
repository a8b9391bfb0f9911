package dev.earnest.task.domain;

import dev.earnest.kit.problem.Refusal;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What happens to a task by itself: one task, one transaction. A task that somebody else holds is
/// left to them, so nothing happens twice however many replicas look.
@ApplicationScoped
class OneTask {
  private static final Logger LOG = Logger.getLogger(OneTask.class);
  private static final Map<String, Object> SKIP_LOCKED =
      Map.of("jakarta.persistence.lock.timeout", -2);

  private final TaskRepository tasks;

  OneTask(TaskRepository tasks) {
    this.tasks = tasks;
  }

  void locked(UUID id, Consumer<Task> work) {
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
      LOG.warnf(e, "task %s: something due failed and will be tried again", id);
    }
  }
}
