package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.LedgerCheck;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The ledger as an accountant looks at it.
@Path("/api/v1/admin/ledger")
@Tag(name = "ledger")
@RolesAllowed("admin")
@RunOnVirtualThread
public class AdminLedgerResource {
  private final LedgerCheck check;

  AdminLedgerResource(LedgerCheck check) {
    this.check = check;
  }

  /// `{success, check {ok, invariants: [{name, ok, rows}]}}`: every invariant of the ledger, looked at
  /// in one snapshot. `rows` are those that break it, at most 100, with amounts in units of the
  /// currency.
  @GET
  @Path("/check")
  public CheckAnswer check() {
    return CheckAnswer.of(check.run());
  }
}
