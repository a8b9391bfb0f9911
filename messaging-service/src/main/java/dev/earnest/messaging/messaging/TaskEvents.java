package dev.earnest.messaging.messaging;

import dev.earnest.kit.event.EventBatch;
import dev.earnest.kit.event.Inbox;
import dev.earnest.kit.event.Topics;
import dev.earnest.messaging.domain.Chronicle;
import dev.earnest.messaging.domain.Heard;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Hears what happens to tasks: the truth about their state.
@ApplicationScoped
class TaskEvents {
  /// Another service asked; nothing happened to the task.
  private static final String REPORTED = "earnest.task.state_reported.v1";

  private final Inbox inbox;
  private final TaskReader reader;
  private final Chronicle chronicle;

  TaskEvents(Inbox inbox, TaskReader reader, Chronicle chronicle) {
    this.inbox = inbox;
    this.reader = reader;
    this.chronicle = chronicle;
    inbox.register(Topics.TASK, this::handle);
  }

  @Incoming("task-events")
  @Blocking
  public void receive(ConsumerRecords<String, byte[]> records) {
    inbox.receive(records);
  }

  private void handle(EventBatch batch) {
    List<Heard> heard = new ArrayList<>(batch.events().size());
    batch.each(event -> {
      if (!event.type().equals(REPORTED)) {
        heard.add(reader.read(event));
      }
    });
    chronicle.record(heard);
  }
}
