package dev.earnest.task.messaging;

import dev.earnest.kit.event.Event;
import dev.earnest.kit.event.EventBatch;
import dev.earnest.kit.event.TopicHandler;
import dev.earnest.kit.event.Topics;
import dev.earnest.task.domain.Ruling;
import dev.earnest.task.domain.Task;
import dev.earnest.task.domain.TaskSaga;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.UUID;

/// What dispute-service says: disputes that begin, and rulings.
@ApplicationScoped
class DisputeEvents implements TopicHandler {
  private final TaskSaga saga;

  DisputeEvents(TaskSaga saga) {
    this.saga = saga;
  }

  @Override
  public String topic() {
    return Topics.DISPUTE;
  }

  @Override
  public void handle(EventBatch batch) {
    TaskSaga.Locked tasks = saga.lock(batch.events().stream().map(Event::subjectId).toList());
    batch.each(event -> tasks.find(event.subjectId()).ifPresent(task -> apply(event, task)));
  }

  private void apply(Event event, Task task) {
    switch (event.type()) {
      case "earnest.dispute.opened.v1" -> {
        DisputeOpened opened = event.as(DisputeOpened.class);
        saga.dispute(task, opened.disputeId(), opened.openedBy());
      }
      case "earnest.dispute.resolved.v1" -> {
        DisputeResolved resolved = event.as(DisputeResolved.class);
        saga.rule(
            task,
            new Ruling(resolved.disputeId(), resolved.resolution(), resolved.refundPercentage()));
      }
      case "earnest.dispute.redelivery_agreed.v1" ->
          saga.redeliver(task, event.as(RedeliveryAgreed.class).disputeId());
      case "earnest.dispute.reputation_adjusted.v1" -> {
        ReputationAdjusted adjusted = event.as(ReputationAdjusted.class);
        saga.adjustReputation(adjusted.agent(), adjusted.adjustment());
      }
      default -> {
        // Evidence and the like concern the parties, not the task.
      }
    }
  }

  @RegisterForReflection
  record DisputeOpened(UUID disputeId, String openedBy) {}

  @RegisterForReflection
  record DisputeResolved(
      UUID disputeId, Ruling.Resolution resolution, BigDecimal refundPercentage) {}

  @RegisterForReflection
  record RedeliveryAgreed(UUID disputeId) {}

  @RegisterForReflection
  record ReputationAdjusted(UUID agent, BigDecimal adjustment) {}
}
