package dev.earnest.dispute.messaging;

import dev.earnest.dispute.domain.Dispute;
import dev.earnest.dispute.domain.Proceedings;
import dev.earnest.dispute.domain.TaskCopies;
import dev.earnest.dispute.domain.TaskCopy;
import dev.earnest.kit.event.Event;
import dev.earnest.kit.event.EventBatch;
import dev.earnest.kit.event.TopicHandler;
import dev.earnest.kit.event.Topics;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Hears of tasks: keeps the own copy of each, and takes task-service's answers to new disputes.
@ApplicationScoped
public class TaskEvents implements TopicHandler {
  private static final String DISPUTED = "earnest.task.disputed.v1";
  private static final String DELETED = "earnest.task.deleted.v1";
  private static final String DISPUTE_REFUSED = "earnest.task.dispute_refused.v1";

  private final TaskCopies tasks;
  private final Proceedings proceedings;

  public TaskEvents(TaskCopies tasks, Proceedings proceedings) {
    this.tasks = tasks;
    this.proceedings = proceedings;
  }

  @Override
  public String topic() {
    return Topics.TASK;
  }

  @Override
  public void handle(EventBatch batch) {
    Map<UUID, TaskCopy> news = new LinkedHashMap<>();
    batch.events().forEach(event -> newer(news, event.as(TaskNews.class).task()));
    tasks.update(news.values());
    tasks.erase(
        batch.events().stream()
            .filter(event -> event.type().equals(DELETED))
            .map(Event::subjectId)
            .toList());
    Map<UUID, Dispute> disputes = proceedings.lockAll(disputesOf(batch.events()));
    batch.each(event -> {
      switch (event.type()) {
        case DISPUTED -> {
          TaskDisputed disputed = event.as(TaskDisputed.class);
          proceedings.confirm(
              known(disputes, disputed.disputeId()),
              disputed.caseFile(),
              disputed.proposersOrNone());
        }
        case DISPUTE_REFUSED -> {
          TaskDisputeRefused refused = event.as(TaskDisputeRefused.class);
          proceedings.refuse(known(disputes, refused.disputeId()), refused.reason());
        }
        default -> {
          // Everything else is in the copy.
        }
      }
    });
  }

  private static void newer(Map<UUID, TaskCopy> news, TaskCopy task) {
    news.merge(task.id(), task, (old, now) -> now.version() < old.version() ? old : now);
  }

  @RegisterForReflection
  record About(UUID disputeId) {}

  private static List<UUID> disputesOf(List<Event> events) {
    return events.stream()
        .filter(event -> event.type().equals(DISPUTED) || event.type().equals(DISPUTE_REFUSED))
        .map(event -> event.as(About.class).disputeId())
        .toList();
  }

  /// A task frozen for a dispute that nobody knows would stay so for ever: an operator must see it.
  private static Dispute known(Map<UUID, Dispute> disputes, UUID id) {
    @Nullable Dispute dispute = disputes.get(id);
    if (dispute == null) {
      throw new IllegalStateException("there is no dispute " + id);
    }
    return dispute;
  }
}
