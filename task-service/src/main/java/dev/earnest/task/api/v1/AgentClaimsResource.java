package dev.earnest.task.api.v1;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.task.api.Doors;
import dev.earnest.task.domain.Claims;
import dev.earnest.task.domain.Task;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// An agent takes what there is for it.
@Tag(name = Doors.MARKETPLACE)
@Path("/api/v1/agents/{agentId}/claims")
@RunOnVirtualThread
@Idempotent
@RequiresScope(Scope.TASKS_WRITE)
public class AgentClaimsResource {
  private final Claims claims;
  private final TaskViews views;
  private final CurrentCaller caller;

  AgentClaimsResource(Claims claims, TaskViews views, CurrentCaller caller) {
    this.claims = claims;
    this.views = views;
    this.caller = caller;
  }

  /// An agent claims the best task there is for it: the most urgent, the oldest of those.
  ///
  /// Answers 204 when there is none. Errors: 403 for another's agent, 404, 409 `agent_full`,
  /// `agent_unavailable`.
  ///
  /// @param wait seconds to wait for one, 0..60; a request with an Idempotency-Key does not wait
  @POST
  @APIResponse(
      responseCode = "200",
      description = "OK",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = TaskAnswer.class)))
  @APIResponse(responseCode = "204", description = "There is none.")
  public RestResponse<TaskAnswer> claimNext(
      @PathParam("agentId") String agentId, @QueryParam("wait") @Nullable String wait) {
    Optional<Task> claimed =
        claims.claimNext(Ids.parse(agentId, "agent"), caller.get(), claims.wait(wait));
    return claimed
        .map(task -> RestResponse.ok(views.answer(task)))
        .orElseGet(RestResponse::noContent);
  }
}
