package dev.earnest.task.messaging;

import dev.earnest.kit.event.Event;
import dev.earnest.kit.event.EventBatch;
import dev.earnest.kit.event.TopicHandler;
import dev.earnest.kit.event.Topics;
import dev.earnest.task.domain.Task;
import dev.earnest.task.domain.TaskSaga;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/// What the parties of a task write to each other, as far as it moves the task.
@ApplicationScoped
class MessageEvents implements TopicHandler {
  private final TaskSaga saga;

  MessageEvents(TaskSaga saga) {
    this.saga = saga;
  }

  @Override
  public String topic() {
    return Topics.MESSAGE;
  }

  @Override
  public void handle(EventBatch batch) {
    TaskSaga.Locked tasks = saga.lock(batch.events().stream().map(Event::subjectId).toList());
    batch.each(event -> tasks.find(event.subjectId()).ifPresent(task -> apply(event, task)));
  }

  private void apply(Event event, Task task) {
    if (event.type().equals("earnest.message.posted.v1")) {
      MessagePosted posted = event.as(MessagePosted.class);
      saga.message(
          task,
          posted.messageId(),
          posted.senderId(),
          posted.senderRole().equals("BUYER"),
          posted.content());
    }
  }

  /// @param senderRole BUYER or AGENT
  @RegisterForReflection
  record MessagePosted(UUID messageId, String senderId, String senderRole, String content) {}
}
