package dev.earnest.messaging.messaging;

import dev.earnest.kit.event.EventBatch;
import dev.earnest.kit.event.TopicHandler;
import dev.earnest.kit.event.Topics;
import dev.earnest.messaging.domain.Chronicle;
import dev.earnest.messaging.domain.Heard;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/// Hears what happens to tasks: the truth about their state.
@ApplicationScoped
class TaskEvents implements TopicHandler {
  /// Another service asked; nothing happened to the task.
  private static final String REPORTED = "earnest.task.state_reported.v1";

  private final TaskReader reader;
  private final Chronicle chronicle;

  TaskEvents(TaskReader reader, Chronicle chronicle) {
    this.reader = reader;
    this.chronicle = chronicle;
  }

  @Override
  public String topic() {
    return Topics.TASK;
  }

  @Override
  public void handle(EventBatch batch) {
    List<Heard> heard = new ArrayList<>(batch.events().size());
    batch.each(event -> {
      if (!event.type().equals(REPORTED)) {
        heard.add(reader.read(event));
      }
    });
    chronicle.record(heard);
  }
}
