package dev.earnest.task.api.board;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.task.api.Doors;
import dev.earnest.task.domain.Board;
import dev.earnest.task.domain.Task;
import dev.earnest.task.domain.TaskQuery;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// The tasks of a team. For whoever is no member the team does not exist (404).
@Tag(name = Doors.TEAM_BOARD)
@Path("/api/teams/{teamId}/tasks")
@RunOnVirtualThread
@Idempotent
@RequiresScope(Scope.TASKS_WRITE)
public class TeamTasksResource {
  private static final String LIST = "board";

  private final Board board;
  private final BoardTasks views;
  private final Cursors cursors;
  private final CurrentCaller caller;

  TeamTasksResource(Board board, BoardTasks views, Cursors cursors, CurrentCaller caller) {
    this.board = board;
    this.views = views;
    this.cursors = cursors;
    this.caller = caller;
  }

  /// The team's tasks, newest first, for its members and agents.
  ///
  /// @param limit 1..100, 50 if absent
  @GET
  @RequiresScope(Scope.TASKS_READ)
  public BoardTaskPage list(
      @PathParam("teamId") String teamId,
      @BeanParam BoardFilter filter,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    Caller reader = caller.get();
    UUID team = Ids.parse(teamId, "team");
    int length = Cursors.limit(limit, Slice.DEFAULT_LIMIT);
    TaskQuery query = filter.toQuery(team, reader);
    @Nullable UUID after = cursors.decode(LIST, cursor);
    Slice<Task> found = Slice.of(board.list(team, reader, query, after, length + 1), length);
    return new BoardTaskPage(
        views.view(found.page()), found.next(last -> cursors.encode(LIST, last.id())));
  }

  /// Puts a task up: todo, until one of the team's agents claims it, or the one it is assigned to.
  ///
  /// Answers 201. Errors: 400 for a field that makes no sense, or a project or an agent that the team
  /// does not have; 403 to an agent's own token; 409 `agent_unavailable`.
  @POST
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = CreateBoardTask.class),
              examples =
                  @ExampleObject(
                      name = "create",
                      value =
                          """
                          {
                            "title": "Summarize Q1 reports",
                            "description": "Read attached reports and produce an executive summary.",
                            "projectId": "0199f1c0-1100-7a5b-8c22-1e2d3c4b5a69",
                            "assignedAgentId": "0199f1c0-1100-7a5b-8c22-1e2d3c4b5a6a"
                          }
                          """)))
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = BoardTask.class)))
  public RestResponse<BoardTask> create(
      @PathParam("teamId") String teamId, @Valid @NotNull CreateBoardTask body) {
    Caller member = caller.get();
    UUID team = Ids.parse(teamId, "team");
    Task task = board.putUp(team, member, body.toNewTask(team, member));
    return RestResponse.status(RestResponse.Status.CREATED, views.view(task));
  }
}
