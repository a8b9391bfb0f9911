package dev.earnest.messaging.domain;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that happened to a task, as one of the services told it.
///
/// @param type without the prefix and version of its event, such as `task.delivered`
/// @param state the task as it is now, where task-service spoke
/// @param data what the timeline shows of it
/// @param news what open streams are told beside the task's status, in this order
/// @param said what one side of the task said to the other with it, where it did
/// @param announcement what webhooks are told, where they are
public record Heard(
    UUID task,
    String source,
    String type,
    Severity severity,
    Instant at,
    @Nullable TaskState state,
    JsonNode data,
    List<News> news,
    @Nullable Said said,
    @Nullable Announcement announcement) {

  /// One event of a stream: its name and data.
  public record News(String name, JsonNode data) {}

  /// A message, and the account that wrote it.
  public record Said(String account, Message message) {}
}
