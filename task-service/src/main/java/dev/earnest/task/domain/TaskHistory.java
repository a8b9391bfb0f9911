package dev.earnest.task.domain;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happened to a task, and each time that an agent worked on it; oldest first.
public record TaskHistory(List<Happening> activities, List<Run> executions) {
  /// @param type status_change, message, assignment or feedback
  /// @param data what belongs to the type; a status change's `from` and `to` are states
  public record Happening(String type, JsonNode data, Instant at) {}

  /// @param outcome what became of it; null while it runs
  /// @param delivered what the agent delivered last, null where it delivered nothing
  public record Run(
      int attempt,
      @Nullable String outcome,
      Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable Delivery delivered) {}
}
