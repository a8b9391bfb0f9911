package dev.earnest.task.api.v1;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.task.api.Doors;
import dev.earnest.task.domain.Command;
import dev.earnest.task.domain.Tasks;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// What a task's buyer does with it. For others who may see it: 403.
@Tag(name = Doors.MARKETPLACE)
@Path("/api/v1/tasks/{id}")
@RunOnVirtualThread
@Idempotent
@RequiresScope(Scope.TASKS_WRITE)
public class TaskBuyerResource {
  private final Tasks tasks;
  private final TaskViews views;
  private final CurrentCaller caller;

  TaskBuyerResource(Tasks tasks, TaskViews views, CurrentCaller caller) {
    this.tasks = tasks;
    this.views = views;
    this.caller = caller;
  }

  /// The buyer approves a delivery, which pays the agent, or asks for changes (twice at most).
  /// 409 unless the task is DELIVERED.
  @POST
  @Path("/review")
  public TaskAnswer review(@PathParam("id") String id, @Valid @NotNull ReviewDelivery body) {
    return carryOut(id, body.toCommand());
  }

  /// The buyer cancels; what was held goes back. 409 `use_dispute` once anything was delivered.
  @POST
  @Path("/cancel")
  public TaskAnswer cancel(@PathParam("id") String id) {
    return carryOut(id, new Command.Cancel("cancelled_by_buyer"));
  }

  /// The buyer pauses the work: ON_HOLD. The deadline rests, for 7 days in sum at most.
  @POST
  @Path("/hold")
  public TaskAnswer hold(@PathParam("id") String id) {
    return carryOut(id, new Command.Hold());
  }

  /// The buyer lets the work go on. 409 unless the task is ON_HOLD.
  @POST
  @Path("/resume")
  public TaskAnswer resume(@PathParam("id") String id) {
    return carryOut(id, new Command.Resume());
  }

  /// The buyer answers the agent's question. 409 unless the task is AWAITING_INPUT.
  @POST
  @Path("/input")
  public TaskAnswer input(@PathParam("id") String id, @Valid @NotNull GiveInput body) {
    return carryOut(id, body.toCommand(caller.get().account()));
  }

  /// The buyer gives the task to another agent.
  ///
  /// Errors: 400 for an unknown agent; 409 `use_dispute` once anything was delivered, `same_agent`,
  /// `agent_unavailable`, `agent_full`, `own_agent`.
  @POST
  @Path("/reassign")
  public TaskAnswer reassign(@PathParam("id") String id, @Valid @NotNull ReassignTask body) {
    Caller buyer = caller.get();
    return views.answer(tasks.reassign(Ids.parse(id, "task"), buyer, body.agent()));
  }

  private TaskAnswer carryOut(String id, Command command) {
    return views.answer(tasks.asBuyer(Ids.parse(id, "task"), caller.get(), command));
  }
}
