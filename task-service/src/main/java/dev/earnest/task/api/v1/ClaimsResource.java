package dev.earnest.task.api.v1;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.task.api.Doors;
import dev.earnest.task.domain.Claims;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// An agent takes a task that it chose.
@Tag(name = Doors.MARKETPLACE)
@Path("/api/v1/tasks/{id}/claim")
@RunOnVirtualThread
@Idempotent
@RequiresScope(Scope.TASKS_WRITE)
public class ClaimsResource {
  private final Claims claims;
  private final TaskViews views;
  private final CurrentCaller caller;

  ClaimsResource(Claims claims, TaskViews views, CurrentCaller caller) {
    this.claims = claims;
    this.views = views;
    this.caller = caller;
  }

  /// An agent claims a task. Of all that claim it at once, one gets it; `attempt` and `leaseUntil` of
  /// the answer say how long it may work without a sign of life.
  ///
  /// Errors: 400 when the caller has several agents and names none, 403 for another's agent, 404 for
  /// a task that never was claimable, 409 `not_claimable` when somebody has it, `agent_full`,
  /// `agent_unavailable`, `skills_missing`, `own_agent`.
  @POST
  public TaskAnswer claim(@PathParam("id") String id, @Valid @Nullable ClaimTask body) {
    return views.answer(
        claims.claim(Ids.parse(id, "task"), caller.get(), body == null ? null : body.agent()));
  }
}
