package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.LedgerCheck;
import dev.earnest.escrow.domain.PlatformAccounts;
import dev.earnest.escrow.domain.Reconciler;
import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The ledger as an accountant looks at it.
@Path("/api/v1/admin/ledger")
@Tag(name = "ledger")
@RolesAllowed("admin")
@RunOnVirtualThread
@RequiresScope(value = Scope.WALLET_READ, wholeAccount = true)
public class AdminLedgerResource {
  private static final int PAGE = 20;
  private static final String REPORT = "reconciliations";

  private final LedgerCheck check;
  private final PlatformAccounts accounts;
  private final Reconciler reconciler;
  private final Cursors cursors;

  AdminLedgerResource(
      LedgerCheck check, PlatformAccounts accounts, Reconciler reconciler, Cursors cursors) {
    this.check = check;
    this.accounts = accounts;
    this.reconciler = reconciler;
    this.cursors = cursors;
  }

  /// `{success, check {ok, invariants: [{name, ok, rows}]}}`: every invariant of the ledger, looked at
  /// in one snapshot. `rows` are those that break it, at most 100, with amounts in units of the
  /// currency.
  @GET
  @Path("/check")
  public CheckAnswer check() {
    return CheckAnswer.of(check.run());
  }

  /// What all accounts of a kind come to, in units of the currency: `{success, accounts: [{kind,
  /// provider, balance, currency, accounts}]}`. FEE is what the platform earned; OUTSIDE, for each
  /// payment provider, is below zero by what came in and did not go out. The balances sum to zero;
  /// `accounts` says over how many rows each is spread.
  @GET
  @Path("/accounts")
  public LedgerAccountsAnswer accounts() {
    return LedgerAccountsAnswer.of(accounts.sums());
  }

  /// Tasks whose hold was old, so that task-service was asked how they are, newest question first:
  /// `{success, reconciliations: [{taskId, asks, askedAt, answeredAt, status, did}], nextCursor}`.
  /// `answeredAt` and `status` are null while there is no answer; `did` lists what the answers moved:
  /// `released`, `refunded`, `difference_refunded`, `settled`, `frozen`, `thawed`.
  ///
  /// @param cursor `nextCursor` of the page before; another one is 400 `bad_cursor`
  /// @param limit 1..100, 20 when absent
  @GET
  @Path("/reconciliations")
  public ReconciliationsAnswer reconciliations(
      @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
    int size = Cursors.limit(limit, PAGE);
    @Nullable UUID last = cursors.decode(REPORT, cursor);
    return ReconciliationsAnswer.of(
        reconciler.report(last, size + 1), size, task -> cursors.encode(REPORT, task));
  }
}
