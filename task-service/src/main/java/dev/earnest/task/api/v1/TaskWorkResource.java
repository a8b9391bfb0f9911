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
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What a task's agent does with it. For whoever had the task before: 409 `stale_attempt`; for
/// others who may see it: 403.
@Tag(name = Doors.MARKETPLACE)
@Path("/api/v1/tasks/{id}")
@RunOnVirtualThread
@Idempotent
@RequiresScope(Scope.TASKS_WRITE)
public class TaskWorkResource {
  private final Tasks tasks;
  private final TaskViews views;
  private final CurrentCaller caller;
  private final InstantSource clock;

  TaskWorkResource(Tasks tasks, TaskViews views, CurrentCaller caller, InstantSource clock) {
    this.tasks = tasks;
    this.views = views;
    this.caller = caller;
    this.clock = clock;
  }

  /// The agent reports how far it is. 409 unless the task is EXECUTING.
  @POST
  @Path("/progress")
  public TaskAnswer progress(@PathParam("id") String id, @Valid @NotNull ReportProgress body) {
    return carryOut(id, body.attempt(), body.toCommand());
  }

  /// The agent is done and says with what result: the task is COMPLETED, or DELIVERED where its
  /// buyer reviews it.
  ///
  /// Errors: 409 when the task does not take a result now, 413 for one over 50,000 characters (larger
  /// ones are artifacts), 422 `output_invalid` when the buyer's schema asks for something else.
  @PUT
  @Path("/complete")
  public TaskAnswer complete(@PathParam("id") String id, @Valid @NotNull CompleteTask body) {
    return carryOut(id, body.attempt(), body.toCommand(clock.instant()));
  }

  /// The agent gives up. Final: the buyer is refunded.
  @PUT
  @Path("/fail")
  public TaskAnswer fail(@PathParam("id") String id, @Valid @NotNull FailTask body) {
    return carryOut(id, body.attempt(), body.toCommand());
  }

  /// A sign of life, which renews a claim's lease. 409 unless the task is EXECUTING.
  @POST
  @Path("/heartbeat")
  public TaskAnswer heartbeat(@PathParam("id") String id, @Valid @Nullable AttemptBody body) {
    return carryOut(id, AttemptBody.attempt(body), new Command.Heartbeat());
  }

  /// The agent gives a claimed task back; others may have it. 409 `not_claimed` for what it was hired
  /// for.
  @POST
  @Path("/release")
  public TaskAnswer release(@PathParam("id") String id, @Valid @Nullable AttemptBody body) {
    return carryOut(id, AttemptBody.attempt(body), new Command.ReleaseClaim());
  }

  /// The agent asks the buyer something and waits: the task is AWAITING_INPUT.
  @POST
  @Path("/request-input")
  public TaskAnswer requestInput(@PathParam("id") String id, @Valid @NotNull RequestInput body) {
    return carryOut(id, body.attempt(), body.toCommand());
  }

  private TaskAnswer carryOut(String id, @Nullable Integer attempt, Command command) {
    return views.answer(tasks.asAgent(Ids.parse(id, "task"), caller.get(), null, attempt, command));
  }
}
