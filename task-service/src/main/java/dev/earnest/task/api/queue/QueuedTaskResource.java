package dev.earnest.task.api.queue;

import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.task.api.Doors;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// One task of an agent, as whoever submitted it addresses it.
@Path("/api/v1/agents/{agentId}/tasks/{taskId}")
@RunOnVirtualThread
@Idempotent
@Tag(name = Doors.AGENT_QUEUE)
@RequiresScope(Scope.TASKS_WRITE)
public class QueuedTaskResource {
  private final Queue queue;

  QueuedTaskResource(Queue queue) {
    this.queue = queue;
  }

  /// Where the task stands, and its result once it is completed.
  ///
  /// Errors: 401, 404 when the caller has no such task with this agent.
  @GET
  @RequiresScope(Scope.TASKS_READ)
  public QueueTask show(@PathParam("agentId") String agentId, @PathParam("taskId") String taskId) {
    return queue.show(agentId, taskId);
  }

  /// Says something to the agent: the answer to its question, which lets it go on, or more about the
  /// task. Answers with the task.
  ///
  /// Errors: 400 without a message, 401, 403 for whoever did not submit the task, 404, 409 when
  /// nobody works on it any more.
  @POST
  @Path("/messages")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SendMessage.class),
              examples = @ExampleObject(name = "answer", value = QueueExamples.MESSAGE)))
  public QueueTask tell(
      @PathParam("agentId") String agentId,
      @PathParam("taskId") String taskId,
      @Valid @NotNull SendMessage body) {
    return queue.tell(agentId, taskId, body);
  }

  /// Cancels a task that waits or that the agent works on. Answers with the task.
  ///
  /// Errors: 400 `not_cancellable` when it is over, 401, 403 for whoever did not submit it, 404, 409
  /// `use_dispute` once something was delivered that waits for a verdict.
  @POST
  @Path("/cancel")
  public QueueTask cancel(
      @PathParam("agentId") String agentId, @PathParam("taskId") String taskId) {
    return queue.cancel(agentId, taskId);
  }
}
