package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.SpendLimits;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// What the caller's account lets itself spend.
@Path("/api/v1/wallet/caps")
@Tag(name = "wallet")
@RunOnVirtualThread
@Idempotent
@RequiresScope(value = Scope.WALLET_WRITE, wholeAccount = true)
public class CapsResource {
  private final CurrentCaller caller;
  private final SpendLimits limits;

  CapsResource(CurrentCaller caller, SpendLimits limits) {
    this.caller = caller;
    this.limits = limits;
  }

  /// `{success, caps {perTask, perDay, spentToday, currency}}`; null is without end. Holds, tips and
  /// bonuses of this day of UTC are spent; a refund makes no room for more.
  @GET
  @RequiresScope(value = Scope.WALLET_READ, wholeAccount = true)
  public CapsAnswer caps() {
    return CapsAnswer.of(limits.find(caller.get().account()));
  }

  /// Sets both: `{perTask, perDay}` → as GET. A task whose budget is over a cap is cancelled with
  /// `spend_cap` before any money moves, and a tip over it is 409 `spend_cap`. An API key may carry
  /// caps of its own besides.
  @PUT
  public CapsAnswer set(@NotNull @Valid CapsRequest request) {
    return CapsAnswer.of(limits.set(caller.get().account(), request.caps()));
  }
}
