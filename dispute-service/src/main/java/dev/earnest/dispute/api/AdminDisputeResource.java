package dev.earnest.dispute.api;

import dev.earnest.dispute.domain.Disputes;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Role;
import dev.earnest.kit.security.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/// Disputes for admins.
@Path("/api/v1/admin/disputes")
@RunOnVirtualThread
@Idempotent
@RequiresScope(value = Scope.DISPUTES_WRITE, wholeAccount = true)
public class AdminDisputeResource {
  private final Disputes disputes;
  private final CurrentCaller caller;

  public AdminDisputeResource(Disputes disputes, CurrentCaller caller) {
    this.disputes = disputes;
    this.caller = caller;
  }

  /// Rules on a dispute, finally, in whatever tier it is.
  ///
  /// 200; 400; 403 no admin, or an admin who is a party; 404; 409 with the dispute's state when it
  /// is decided already, or task-service has not frozen the task yet.
  @POST
  @Path("/{id}/resolve")
  public DisputeView.Answer resolve(
      @PathParam("id") String id, @NotNull @Valid ResolveDispute body) {
    Caller admin = caller.get().require(Role.ADMIN);
    return DisputeView.Answer.of(
        disputes.resolve(
            Ids.parse(id, "dispute"),
            admin,
            body.resolution(),
            body.refundPercentage(),
            body.notes()));
  }
}
