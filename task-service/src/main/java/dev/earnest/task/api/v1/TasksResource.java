package dev.earnest.task.api.v1;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.problem.Words;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.Role;
import dev.earnest.task.domain.Command;
import dev.earnest.task.domain.Task;
import dev.earnest.task.domain.TaskQuery;
import dev.earnest.task.domain.TaskState;
import dev.earnest.task.domain.Tasks;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tasks, as their buyers and agents use them.
@Path("/api/v1/tasks")
@RunOnVirtualThread
@Idempotent
public class TasksResource {
  private static final String LIST = "tasks";
  private static final int DEFAULT_LIMIT = 20;

  private final Tasks tasks;
  private final NewTasks newTasks;
  private final TaskViews views;
  private final Cursors cursors;
  private final CurrentCaller caller;

  TasksResource(
      Tasks tasks, NewTasks newTasks, TaskViews views, Cursors cursors, CurrentCaller caller) {
    this.tasks = tasks;
    this.newTasks = newTasks;
    this.views = views;
    this.cursors = cursors;
    this.caller = caller;
  }

  /// Makes a task and asks for its budget to be held; work starts when it is.
  ///
  /// Answers 201 with the task, PENDING. Errors: 400 for a field that makes no sense, 403 without
  /// the role buyer, 409 `agent_unavailable` or `own_agent`, 422 for a forbidden callback URL.
  @POST
  public Response create(@Valid @NotNull CreateTask body) {
    Caller buyer = caller.get().require(Role.BUYER);
    Task task = tasks.create(newTasks.read(body, buyer));
    return Response.status(Response.Status.CREATED).entity(views.answer(task)).build();
  }

  /// The tasks that the caller is party to, newest first.
  ///
  /// @param status one of the states, in any case
  /// @param view buyer or agent; both if absent
  /// @param limit 1..100, 20 if absent
  @GET
  public TaskPage list(
      @QueryParam("status") @Nullable String status,
      @QueryParam("view") @Nullable String view,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    int length = Cursors.limit(limit, DEFAULT_LIMIT);
    TaskQuery query = query(status, view);
    List<Task> found = tasks.list(query, cursors.decode(LIST, cursor), length + 1);
    List<Task> page = found.subList(0, Math.min(length, found.size()));
    boolean more = found.size() > length;
    return new TaskPage(
        true,
        page.stream().map(task -> views.view(task, null)).toList(),
        more ? cursors.encode(LIST, page.getLast().id()) : null);
  }

  /// One task with what was delivered. 404 when it does not exist for the caller.
  @GET
  @Path("/{id}")
  public TaskAnswer get(@PathParam("id") String id) {
    return views.answer(tasks.get(Ids.parse(id, "task"), caller.get()));
  }

  /// The agent reports how far it is. 409 unless the task is EXECUTING.
  @POST
  @Path("/{id}/progress")
  public TaskAnswer progress(@PathParam("id") String id, @Valid @NotNull ReportProgress body) {
    Task task =
        tasks.asAgent(Ids.parse(id, "task"), caller.get(), body.attempt(), body.toCommand());
    return views.answer(task);
  }

  /// The buyer approves a delivery, which pays the agent, or asks for changes (twice at most).
  /// 409 unless the task is DELIVERED.
  @POST
  @Path("/{id}/review")
  public TaskAnswer review(@PathParam("id") String id, @Valid @NotNull ReviewDelivery body) {
    Command command =
        switch (Words.parse(ReviewDelivery.Action.class, "action", String.valueOf(body.action()))) {
          case APPROVE -> new Command.Approve(body.rating(), body.review(), false);
          case REQUEST_REVISION -> new Command.RequestRevision(body.review());
        };
    return views.answer(tasks.asBuyer(Ids.parse(id, "task"), caller.get(), command));
  }

  /// The buyer cancels; what was held goes back. 409 `use_dispute` once anything was delivered.
  @POST
  @Path("/{id}/cancel")
  public TaskAnswer cancel(@PathParam("id") String id) {
    Command cancel = new Command.Cancel("cancelled_by_buyer");
    return views.answer(tasks.asBuyer(Ids.parse(id, "task"), caller.get(), cancel));
  }

  private TaskQuery query(@Nullable String status, @Nullable String view) {
    return new TaskQuery(
        caller.get().account(),
        Words.parse(TaskQuery.View.class, "view", view, TaskQuery.View.PARTY),
        status == null ? null : Words.parse(TaskState.class, "status", status));
  }
}
