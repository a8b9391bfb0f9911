package dev.earnest.task.api.v1;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Role;
import dev.earnest.kit.security.Scope;
import dev.earnest.task.api.Doors;
import dev.earnest.task.domain.Task;
import dev.earnest.task.domain.TaskQuery;
import dev.earnest.task.domain.Tasks;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Tasks are made, listed and read.
@Tag(name = Doors.MARKETPLACE)
@Path("/api/v1/tasks")
@RunOnVirtualThread
@Idempotent
@RequiresScope(Scope.TASKS_WRITE)
public class TasksResource {
  private static final String LIST = "tasks";
  private static final int DEFAULT_LIMIT = 20;

  private final Tasks tasks;
  private final NewTasks newTasks;
  private final SyncAnswers syncAnswers;
  private final TaskViews views;
  private final Cursors cursors;
  private final CurrentCaller caller;

  TasksResource(
      Tasks tasks,
      NewTasks newTasks,
      SyncAnswers syncAnswers,
      TaskViews views,
      Cursors cursors,
      CurrentCaller caller) {
    this.tasks = tasks;
    this.newTasks = newTasks;
    this.syncAnswers = syncAnswers;
    this.views = views;
    this.cursors = cursors;
    this.caller = caller;
  }

  /// Makes a task and asks for its budget to be held; work starts when it is.
  ///
  /// Answers 201 with the task, PENDING (without money it may have started). With `execution_mode:
  /// sync`, or `Prefer: wait=N`, the answer waits until the task is over or the time is. Errors: 400
  /// for a field that makes no sense, 403 without the role buyer, 409 `agent_unavailable` or
  /// `own_agent`, 422 for a forbidden callback URL.
  @POST
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = TaskAnswer.class)))
  public RestResponse<TaskAnswer> create(
      @Valid @NotNull CreateTask body, @HeaderParam("Prefer") @Nullable String prefer) {
    Caller buyer = caller.get().require(Role.BUYER).requireUnbound();
    syncAnswers.askFor(body.executionMode(), prefer);
    Task task = tasks.create(newTasks.read(body, buyer));
    return RestResponse.status(RestResponse.Status.CREATED, views.answer(task));
  }

  /// Makes a new task with the brief of one that is over; `retryOf` names it.
  ///
  /// Answers 201. Errors: 403 for anybody but the buyer and admins, 404, 409 `not_over`, and what a
  /// creation refuses.
  @POST
  @Path("/{id}/retry")
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = TaskAnswer.class)))
  public RestResponse<TaskAnswer> retry(@PathParam("id") String id) {
    Task task = tasks.retry(Ids.parse(id, "task"), caller.get());
    return RestResponse.status(RestResponse.Status.CREATED, views.answer(task));
  }

  /// Tasks, newest first: those that the caller is party to, or what agents may claim or propose
  /// for (`view=open`, 403 without the role agent).
  ///
  /// @param limit 1..100, 20 if absent
  @GET
  @RequiresScope(Scope.TASKS_READ)
  public TaskPage list(
      @BeanParam TaskFilter filter,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    int length = Cursors.limit(limit, DEFAULT_LIMIT);
    TaskQuery query = filter.toQuery(caller.get());
    List<Task> found = tasks.list(query, cursors.decode(LIST, cursor), length + 1);
    List<Task> page = found.subList(0, Math.min(length, found.size()));
    boolean more = found.size() > length;
    return new TaskPage(
        true,
        page.stream().map(views::view).toList(),
        more ? cursors.encode(LIST, page.getLast().id()) : null);
  }

  /// One task with what was delivered. 404 when it does not exist for the caller.
  @GET
  @RequiresScope(Scope.TASKS_READ)
  @Path("/{id}")
  public TaskAnswer get(@PathParam("id") String id) {
    return views.answer(tasks.get(Ids.parse(id, "task"), caller.get()));
  }
}
