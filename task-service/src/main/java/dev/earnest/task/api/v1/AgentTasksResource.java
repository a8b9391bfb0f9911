package dev.earnest.task.api.v1;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
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
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// A task as its agent addresses it.
@Tag(name = Doors.MARKETPLACE)
@Path("/api/v1/agents/{agentId}/tasks/{taskId}")
@RunOnVirtualThread
@Idempotent
@RequiresScope(Scope.TASKS_WRITE)
public class AgentTasksResource {
  private final Tasks tasks;
  private final TaskViews views;
  private final CurrentCaller caller;
  private final Ids ids;
  private final InstantSource clock;

  AgentTasksResource(
      Tasks tasks, TaskViews views, CurrentCaller caller, Ids ids, InstantSource clock) {
    this.tasks = tasks;
    this.views = views;
    this.caller = caller;
    this.ids = ids;
    this.clock = clock;
  }

  /// The agent submits its results. The buyer has 48 hours to review them.
  ///
  /// Errors: 400 for an unknown artifact type or a missing field, 404 when the task is not this
  /// agent's, 409 when the task does not take a delivery now.
  @POST
  @Path("/deliver")
  public TaskAnswer deliver(
      @PathParam("agentId") String agentId,
      @PathParam("taskId") String taskId,
      @Valid @NotNull DeliverWork body) {
    Command deliver = new Command.Deliver(body.toDelivery(ids, clock.instant()));
    return views.answer(
        tasks.asAgent(
            Ids.parse(taskId, "task"),
            caller.get(),
            Ids.parse(agentId, "agent"),
            body.attempt(),
            deliver));
  }
}
