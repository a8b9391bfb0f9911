package dev.earnest.task.api.queue;

import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.task.api.Doors;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Submits tasks to an agent, beside what else there is of it.
@Path("/api/v1/agents/{agentId}/tasks")
@RunOnVirtualThread
@Idempotent
@Tag(name = Doors.AGENT_QUEUE)
@RequiresScope(Scope.TASKS_WRITE)
public class AgentQueueResource {
  private final Queue queue;

  AgentQueueResource(Queue queue) {
    this.queue = queue;
  }

  /// Submits a task to an agent. It starts at once if the agent has room; else it waits, the highest
  /// priority first, the oldest of those.
  ///
  /// Answers 202. Errors: 400 for a field that makes no sense, 401, 403 without the role buyer, 404
  /// for an unknown agent, 422 for a forbidden webhook URL, 503 `agent_unavailable` while the agent
  /// is paused, stopped or in error.
  @POST
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SubmitTask.class),
              examples = @ExampleObject(name = "submit", value = QueueExamples.SUBMISSION)))
  @APIResponse(
      responseCode = "202",
      description = "Accepted and queued",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SubmittedTask.class),
              examples = @ExampleObject(name = "queued", value = QueueExamples.SUBMITTED)))
  public RestResponse<SubmittedTask> submit(
      @PathParam("agentId") String agentId, @Valid @NotNull SubmitTask body) {
    return RestResponse.status(RestResponse.Status.ACCEPTED, queue.submit(agentId, body));
  }
}
