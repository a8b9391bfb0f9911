package dev.earnest.task.api.assistant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.task.api.Doors;
import dev.earnest.task.domain.Command;
import dev.earnest.task.domain.Task;
import dev.earnest.task.domain.TaskDesk;
import dev.earnest.task.domain.Tasks;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// One task for an assistant. Whoever is assigned to it or follows it, by a verified e-mail address,
/// may read it (403 for the rest); for strangers it does not exist (404).
@Path("/tasks/{taskId}")
@Tag(name = Doors.ASSISTANT_TASKS)
@RunOnVirtualThread
@Idempotent
@Transactional // an answer is of the moment of its change
@RequiresScope(Scope.TASKS_WRITE)
public class AssistantTaskResource {
  private static final String UPDATE =
      """
      {
        "title": "Schedule Q2 planning meeting (updated)",
        "description": "Find a 90-minute slot. Leadership team plus new VP of Product."
      }
      """;
  private static final String ASSIGN =
      """
      {"emails": ["jane@example.com", "bob@example.com", "new-hire@example.com"]}
      """;
  private static final String FEEDBACK =
      """
      {"status": "like"}
      """;
  private static final String PROCESS =
      """
      {
        "message": "The VP of Product prefers afternoon meetings. Also check if the large conference room is available.",
        "files": []
      }
      """;

  private final Tasks tasks;
  private final TaskDesk desk;
  private final TaskUpdates updates;
  private final CurrentCaller caller;

  AssistantTaskResource(Tasks tasks, TaskDesk desk, TaskUpdates updates, CurrentCaller caller) {
    this.tasks = tasks;
    this.desk = desk;
    this.updates = updates;
    this.caller = caller;
  }

  /// A task with its activities and executions; without these and its people for agents that see it
  /// only because they could take it.
  @GET
  @RequiresScope(Scope.TASKS_READ)
  public AssistantTask get(@PathParam("taskId") String id) {
    Task task = tasks.find(Ids.parse(id, "task"), caller.get());
    return desk.history(task.id(), caller.get())
        .map(history -> AssistantTaskViews.whole(task, history))
        .orElseGet(() -> AssistantTaskViews.offered(task));
  }

  /// Changes the members that the body has; the body may be the whole task as it was read.
  ///
  /// Errors: 400 for a value that makes no sense, or a changed member that cannot be changed here;
  /// 403, 404; 409 when the task's state does not allow the new status, or its words are settled
  /// because it is over or (`money_held`) paid for.
  @PUT
  public AssistantTask update(
      @PathParam("taskId") String id,
      @RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = UpdateAssistantTask.class),
                      examples = @ExampleObject(name = "words", value = UPDATE)))
          @NotNull
          ObjectNode body) {
    return shown(desk.edit(Ids.parse(id, "task"), caller.get(), task -> updates.read(task, body)));
  }

  /// Deletes a task, its activities and its executions for good; an agent that works on it is
  /// stopped.
  ///
  /// Answers 204. Errors: 403, 404; 409 `money_held`, `disputed`.
  @DELETE
  public void delete(@PathParam("taskId") String id) {
    desk.delete(Ids.parse(id, "task"), caller.get());
  }

  /// Assigns a task to exactly these people.
  ///
  /// Errors: 400 for what is no e-mail address, 403, 404.
  @PUT
  @Path("/assignees")
  public AssistantTask assign(
      @PathParam("taskId") String id,
      @RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      examples = @ExampleObject(name = "people", value = ASSIGN)))
          @Valid
          @NotNull
          AssignUsers body) {
    return shown(desk.assign(Ids.parse(id, "task"), caller.get(), Emails.read(body.emails())));
  }

  /// Says what one thinks of a task's result, or (null) nothing any more. It is logged as an
  /// activity.
  ///
  /// Errors: 400 for another word, 403, 404.
  @POST
  @Path("/feedback")
  public AssistantTask feedback(
      @PathParam("taskId") String id,
      @RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = GiveFeedback.class),
                      examples = @ExampleObject(name = "like", value = FEEDBACK)))
          @NotNull
          ObjectNode body) {
    return shown(desk.giveFeedback(Ids.parse(id, "task"), caller.get(), GiveFeedback.read(body)));
  }

  /// Stops the agent: the task is on_hold until it is processed again.
  ///
  /// Errors: 403, 404, 409 unless somebody works on it.
  @POST
  @Path("/stop")
  public AssistantTask stop(@PathParam("taskId") String id) {
    return shown(tasks.asBuyer(Ids.parse(id, "task"), caller.get(), new Command.Hold()));
  }

  /// Lets the agent work, with what the body adds: a pending task begins, one on hold goes on, and a
  /// question (needs_clarification) is answered by the message.
  ///
  /// Errors: 400 for a question without an answer, 403, 404; 409 `in_progress` (stop it first),
  /// `agent_full`, `agent_unavailable`, or when the task is over.
  @POST
  @Path("/process")
  public AssistantTask process(
      @PathParam("taskId") String id,
      @RequestBody(
              required = false,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      examples = @ExampleObject(name = "more", value = PROCESS)))
          @Valid
          @Nullable ProcessTask body) {
    ProcessTask wanted = body == null ? ProcessTask.NOTHING : body;
    return shown(
        desk.process(Ids.parse(id, "task"), caller.get(), wanted.said(), wanted.attached()));
  }

  private AssistantTask shown(Task task) {
    return AssistantTaskViews.whole(task, desk.history(task));
  }
}
