package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.Withdrawal;
import dev.earnest.escrow.domain.Withdrawals;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Everybody's withdrawals, for the admins who decide them.
@Path("/api/v1/admin/withdrawals")
@Tag(name = "wallet")
@RolesAllowed("admin")
@RunOnVirtualThread
@Idempotent
@RequiresScope(value = Scope.WALLET_WRITE, wholeAccount = true)
public class AdminWithdrawalsResource {
  private static final int PAGE = 20;

  private final CurrentCaller caller;
  private final Withdrawals withdrawals;
  private final Cursors cursors;

  AdminWithdrawalsResource(CurrentCaller caller, Withdrawals withdrawals, Cursors cursors) {
    this.caller = caller;
    this.withdrawals = withdrawals;
    this.cursors = cursors;
  }

  /// Withdrawals in one state, whoever waits longest first: `{success, withdrawals, nextCursor}`.
  ///
  /// @param state PENDING (when absent), CONFIRMED or REJECTED, in any case
  /// @param cursor `nextCursor` of the page before; another one is 400 `bad_cursor`
  /// @param limit 1..100, 20 when absent
  @GET
  @RequiresScope(value = Scope.WALLET_READ, wholeAccount = true)
  public WithdrawalAnswer.Many list(
      @QueryParam("state") @Nullable String state,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    Withdrawal.State wanted = state(state);
    String list = "withdrawals in " + wanted;
    int size = Cursors.limit(limit, PAGE);
    List<Withdrawal> found = withdrawals.in(wanted, cursors.decode(list, cursor), size + 1);
    return WithdrawalAnswer.Many.of(found, size, last -> cursors.encode(list, last));
  }

  /// It was paid out: `{reason}`, or no body at all → `{success, withdrawal}`. One that is decided
  /// already is 409 `illegal_withdrawal_move` with its state.
  @POST
  @Path("/{id}/confirm")
  public WithdrawalAnswer confirm(
      @PathParam("id") String id, @Valid @Nullable DecisionRequest request) {
    return WithdrawalAnswer.of(
        withdrawals.confirm(
            Ids.parse(id, "withdrawal"), caller.get().account(), DecisionRequest.reason(request)));
  }

  /// It will not be paid out, and the money goes back to the wallet: as confirm.
  @POST
  @Path("/{id}/reject")
  public WithdrawalAnswer reject(
      @PathParam("id") String id, @Valid @Nullable DecisionRequest request) {
    return WithdrawalAnswer.of(
        withdrawals.reject(
            Ids.parse(id, "withdrawal"), caller.get().account(), DecisionRequest.reason(request)));
  }

  private static Withdrawal.State state(@Nullable String text) {
    if (text == null) {
      return Withdrawal.State.PENDING;
    }
    return Stream.of(Withdrawal.State.values())
        .filter(state -> state.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> Refusal.invalid("state", "must be PENDING, CONFIRMED or REJECTED"));
  }
}
