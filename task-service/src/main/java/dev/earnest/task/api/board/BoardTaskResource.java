package dev.earnest.task.api.board;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.task.api.Doors;
import dev.earnest.task.domain.Board;
import dev.earnest.task.domain.Claims;
import dev.earnest.task.domain.Command;
import dev.earnest.task.domain.TaskDesk;
import dev.earnest.task.domain.Tasks;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// One task, from whichever door it came. 404 when it does not exist for the caller.
@Tag(name = Doors.TEAM_BOARD)
@Path("/api/tasks/{taskId}")
@RunOnVirtualThread
@Idempotent
@RequiresScope(Scope.TASKS_WRITE)
public class BoardTaskResource {
  private final Tasks tasks;
  private final TaskDesk desk;
  private final Claims claims;
  private final Board board;
  private final BoardTasks views;
  private final BoardEdits edits;
  private final CurrentCaller caller;
  private final InstantSource clock;

  BoardTaskResource(
      Tasks tasks,
      TaskDesk desk,
      Claims claims,
      Board board,
      BoardTasks views,
      BoardEdits edits,
      CurrentCaller caller,
      InstantSource clock) {
    this.tasks = tasks;
    this.desk = desk;
    this.claims = claims;
    this.board = board;
    this.views = views;
    this.edits = edits;
    this.caller = caller;
    this.clock = clock;
  }

  /// One task with its result.
  @GET
  @RequiresScope(Scope.TASKS_READ)
  public BoardTask get(@PathParam("taskId") String taskId) {
    return views.view(tasks.get(id(taskId), caller.get()).task());
  }

  /// Changes the fields that the body has: title, description, priority, projectId, and
  /// assignedAgentId, which keeps a todo for that agent (null: for nobody) and gives work in progress
  /// to another.
  ///
  /// Errors: 400 for what a creation would refuse and for another value of what cannot be written
  /// (status: move the task); 403 for whoever did not order it, or an agent's own token; 409
  /// `money_held`, `agent_unavailable`, `agent_full`, or when the task is over.
  @PATCH
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = BoardTask.class),
              examples =
                  @ExampleObject(
                      name = "update",
                      value = "{\"description\": \"Updated instructions...\"}")))
  public BoardTask change(@PathParam("taskId") String taskId, @NotNull ObjectNode body) {
    return views.view(desk.edit(id(taskId), caller.get(), task -> edits.read(task, body)));
  }

  /// The calling agent takes the task: in_progress. Of all that claim it at once, one gets it.
  ///
  /// Errors: 400 when a person names no agent, 403 without the role agent or for another's agent, 409
  /// `not_claimable` when somebody has it or it is kept for another, `agent_full`,
  /// `agent_unavailable`.
  @POST
  @Path("/claim")
  @Consumes(MediaType.APPLICATION_JSON)
  public BoardTask claim(@PathParam("taskId") String taskId, @Valid @Nullable ClaimBoardTask body) {
    @Nullable UUID agent = body == null ? null : body.agent();
    return views.view(claims.claim(id(taskId), caller.get(), agent));
  }

  /// As above, without a body: then its type, which some clients name all the same, means nothing.
  @POST
  @Path("/claim")
  @Consumes(MediaType.WILDCARD)
  @Operation(hidden = true)
  public BoardTask claim(@PathParam("taskId") String taskId) {
    return claim(taskId, null);
  }

  /// The task's agent is done: the task is done, with this result. Where its buyer reviews what
  /// agents deliver, it stays in_progress until then.
  ///
  /// Errors: 400, 403 for whoever is not its agent, 409 when it is not in progress or `stale_attempt`
  /// when it was given to another, 413 for a result over 50,000 characters, 422 `output_invalid`.
  @POST
  @Path("/complete")
  public BoardTask complete(
      @PathParam("taskId") String taskId, @Valid @NotNull CompleteBoardTask body) {
    Command done = body.toCommand(clock.instant());
    return views.view(tasks.asAgent(id(taskId), caller.get(), null, body.attempt(), done));
  }

  /// Puts a task elsewhere: todo gives a claim back, in_progress lets its agent begin or go on (an
  /// agent's own token claims it), done and cancelled end it.
  ///
  /// Errors: 400 for an unknown status; 403 for whoever did not order it, and an agent whose task it
  /// is not; 409 with the reason when the task's `state` does not allow it: `money_held`,
  /// `illegal_state`, `not_claimed`, `no_agent`, `awaiting_input`, `agent_full`, `agent_unavailable`.
  @POST
  @Path("/move")
  public BoardTask move(@PathParam("taskId") String taskId, @Valid @NotNull MoveBoardTask body) {
    return views.view(board.move(id(taskId), caller.get(), body.column()));
  }

  private static UUID id(String taskId) {
    return Ids.parse(taskId, "task");
  }
}
