package dev.earnest.task.api.assistant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.task.domain.Delivery;
import dev.earnest.task.domain.Task;
import dev.earnest.task.domain.TaskHistory;
import dev.earnest.task.domain.TaskState;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// One time that an agent worked on a task.
///
/// @param status in_progress, completed, failed, or stopped: on hold, or taken from the agent
/// @param completedAt null until it is over
/// @param resultSummary what the agent handed over last, as `output` and `artifacts`; absent where
///     it handed over nothing
/// @param output any JSON
@Schema(name = "AssistantTaskExecution")
public record TaskRun(
    String id,
    @Schema(enumeration = {"in_progress", "completed", "failed", "stopped"}) String status,
    Instant startedAt,
    @Nullable Instant completedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String resultSummary,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode output,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Delivery.Artifact> artifacts) {

  static TaskRun of(Task task, TaskHistory.Run run) {
    @Nullable Delivery made = run.delivered();
    return new TaskRun(
        task.id() + "." + run.attempt(),
        status(task.state(), run.outcome()),
        run.startedAt(),
        run.endedAt(),
        made == null ? null : made.resultSummary(),
        made == null ? null : made.output(),
        made == null || made.artifacts().isEmpty() ? null : made.artifacts());
  }

  private static String status(TaskState state, @Nullable String outcome) {
    if (outcome == null) {
      return state == TaskState.ON_HOLD ? "stopped" : "in_progress";
    }
    return switch (outcome) {
      case "COMPLETED" -> "completed";
      case "FAILED", "TIMED_OUT" -> "failed";
      default -> "stopped";
    };
  }
}
