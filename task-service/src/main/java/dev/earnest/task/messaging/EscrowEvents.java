package dev.earnest.task.messaging;

import dev.earnest.kit.event.Event;
import dev.earnest.kit.event.EventBatch;
import dev.earnest.kit.event.TopicHandler;
import dev.earnest.kit.event.Topics;
import dev.earnest.task.domain.TaskSaga;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/// What escrow-service says about a task's money.
@ApplicationScoped
class EscrowEvents implements TopicHandler {
  private final TaskSaga saga;

  EscrowEvents(TaskSaga saga) {
    this.saga = saga;
  }

  @Override
  public String topic() {
    return Topics.ESCROW;
  }

  @Override
  public void handle(EventBatch batch) {
    TaskSaga.Locked tasks = saga.lock(batch.events().stream().map(Event::subjectId).toList());
    batch.each(event ->
        tasks
            .find(event.subjectId())
            .ifPresent(task -> {
              switch (event.type()) {
                case "earnest.escrow.held.v1" -> saga.fund(task);
                case "earnest.escrow.refused.v1" ->
                    saga.refuseFunds(task, event.as(EscrowRefused.class).reason());
                case "earnest.escrow.state_asked.v1" -> saga.report(task);
                case "earnest.escrow.released.v1",
                    "earnest.escrow.refunded.v1",
                    "earnest.escrow.settled.v1" ->
                    saga.settle(task);
                default -> {
                  // Frozen, thawed, tipped: they change nothing here.
                }
              }
            }));
  }

  /// @param reason `insufficient_funds` or `spend_cap`
  @RegisterForReflection
  record EscrowRefused(UUID taskId, String reason) {}
}
