package dev.earnest.task.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A task as whoever gave it to an agent follows it.
///
/// @param estimatedStart while it waits for the agent's room: when it is going to start
/// @param question what the agent asked, while it waits for the answer
/// @param deliveries oldest first, once it is completed
public record QueuedTask(
    Task task,
    @Nullable Instant estimatedStart,
    @Nullable String question,
    List<Delivery> deliveries) {
  public QueuedTask {
    deliveries = List.copyOf(deliveries);
  }
}
