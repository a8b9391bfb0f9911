package dev.earnest.task.api.board;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.problem.Words;
import dev.earnest.kit.security.Caller;
import dev.earnest.task.domain.TaskQuery;
import dev.earnest.task.domain.TaskState;
import jakarta.ws.rs.QueryParam;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/// What the list of a team's tasks is narrowed down by.
public class BoardFilter {
  /// todo, in_progress, done or cancelled
  @Parameter(schema = @Schema(enumeration = {"todo", "in_progress", "done", "cancelled"}))
  @QueryParam("status")
  @Nullable String status;

  @QueryParam("projectId")
  @Nullable String projectId;

  /// The agent that has the task, or that it is kept for.
  @QueryParam("agentId")
  @Nullable String agentId;

  TaskQuery toQuery(UUID team, Caller caller) {
    return new TaskQuery(
        caller.account(),
        TaskQuery.View.TEAM,
        states(),
        id("agentId", agentId),
        null,
        null,
        null,
        team,
        id("projectId", projectId),
        null,
        null);
  }

  private Set<TaskState> states() {
    return status == null ? Set.of() : Words.parse(BoardStatus.class, "status", status).states();
  }

  private static @Nullable UUID id(String field, @Nullable String text) {
    return text == null ? null : Ids.parseField(field, text);
  }
}
