package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.Withdrawal;
import dev.earnest.escrow.domain.Withdrawals;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// The caller's own withdrawals.
@Path("/api/v1/wallet/withdrawals")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "wallet")
@RunOnVirtualThread
@Idempotent
@RequiresScope(value = Scope.WALLET_WRITE, wholeAccount = true)
public class WithdrawalsResource {
  private static final int PAGE = 20;

  private final CurrentCaller caller;
  private final Withdrawals withdrawals;
  private final Cursors cursors;

  WithdrawalsResource(CurrentCaller caller, Withdrawals withdrawals, Cursors cursors) {
    this.caller = caller;
    this.withdrawals = withdrawals;
    this.cursors = cursors;
  }

  /// Asks for money to be paid out: `{amount, currency, destination}` → 201 `{success, withdrawal {id,
  /// account, amount, currency, destination, state, createdAt, decidedAt, reason}}`.
  ///
  /// The amount leaves the wallet at once and is `pending` there until an admin confirms or rejects
  /// it; a rejected one is back in the wallet. `state` is PENDING, CONFIRMED or REJECTED. More than is
  /// available: 409 `insufficient_funds`.
  @POST
  @APIResponseSchema(value = WithdrawalAnswer.class, responseCode = "201")
  public RestResponse<WithdrawalAnswer> request(@NotNull @Valid WithdrawalRequest request) {
    String account = caller.get().account();
    Withdrawal withdrawal = withdrawals.request(account, request.money(), request.to());
    return RestResponse.status(RestResponse.Status.CREATED, WithdrawalAnswer.of(withdrawal));
  }

  /// The caller's withdrawals, newest first: `{success, withdrawals, nextCursor}`.
  ///
  /// @param cursor `nextCursor` of the page before; another one is 400 `bad_cursor`
  /// @param limit 1..100, 20 when absent
  @GET
  @RequiresScope(value = Scope.WALLET_READ, wholeAccount = true)
  public WithdrawalAnswer.Many list(
      @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
    String account = caller.get().account();
    String list = "withdrawals:" + account;
    int size = Cursors.limit(limit, PAGE);
    List<Withdrawal> found = withdrawals.of(account, cursors.decode(list, cursor), size + 1);
    return WithdrawalAnswer.Many.of(found, size, last -> cursors.encode(list, last));
  }
}
