package dev.earnest.messaging.messaging;

import dev.earnest.kit.event.EventBatch;
import dev.earnest.kit.event.TopicHandler;
import dev.earnest.kit.event.Topics;
import dev.earnest.messaging.domain.Chronicle;
import dev.earnest.messaging.domain.Erasure;
import dev.earnest.messaging.domain.Heard;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Hears what happens to tasks: the truth about their state.
@ApplicationScoped
class TaskEvents implements TopicHandler {
  /// Another service asked; nothing happened to the task.
  private static final String REPORTED = "earnest.task.state_reported.v1";

  private static final String DELETED = "earnest.task.deleted.v1";

  private final TaskReader reader;
  private final Chronicle chronicle;
  private final Erasure erasure;

  TaskEvents(TaskReader reader, Chronicle chronicle, Erasure erasure) {
    this.reader = reader;
    this.chronicle = chronicle;
    this.erasure = erasure;
  }

  @Override
  public String topic() {
    return Topics.TASK;
  }

  @Override
  public void handle(EventBatch batch) {
    List<Heard> heard = new ArrayList<>(batch.events().size());
    Set<UUID> deleted = new HashSet<>();
    batch.each(event -> {
      switch (event.type()) {
        case REPORTED -> {
          // Nothing happened.
        }
        case DELETED -> deleted.add(event.subjectId());
        default -> heard.add(reader.read(event));
      }
    });
    chronicle.record(heard);
    erasure.erase(deleted);
  }
}
