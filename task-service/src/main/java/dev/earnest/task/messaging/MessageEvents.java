package dev.earnest.task.messaging;

import dev.earnest.kit.event.Event;
import dev.earnest.kit.event.EventBatch;
import dev.earnest.kit.event.Inbox;
import dev.earnest.kit.event.Topics;
import dev.earnest.task.domain.Task;
import dev.earnest.task.domain.TaskSaga;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// What the parties of a task write to each other, as far as it moves the task.
@ApplicationScoped
class MessageEvents {
  private final Inbox inbox;
  private final TaskSaga saga;

  MessageEvents(Inbox inbox, TaskSaga saga) {
    this.inbox = inbox;
    this.saga = saga;
    inbox.register(Topics.MESSAGE, this::handle);
  }

  @Incoming("message-events")
  @Blocking
  public void receive(ConsumerRecords<String, byte[]> records) {
    inbox.receive(records);
  }

  private void handle(EventBatch batch) {
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
