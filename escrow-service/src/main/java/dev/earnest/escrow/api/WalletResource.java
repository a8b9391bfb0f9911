package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.Deposit;
import dev.earnest.escrow.domain.DepositReceipt;
import dev.earnest.escrow.domain.Deposits;
import dev.earnest.escrow.domain.WalletEntry;
import dev.earnest.escrow.domain.Wallets;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.security.CurrentCaller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// The caller's own money.
@Path("/api/v1/wallet")
@Tag(name = "wallet")
@RunOnVirtualThread
@Idempotent
public class WalletResource {
  private static final int PAGE = 20;

  private final CurrentCaller caller;
  private final Wallets wallets;
  private final Deposits deposits;
  private final Cursors cursors;

  WalletResource(CurrentCaller caller, Wallets wallets, Deposits deposits, Cursors cursors) {
    this.caller = caller;
    this.wallets = wallets;
    this.deposits = deposits;
    this.cursors = cursors;
  }

  /// `{success, wallet {account, currency, available, held}}`, in units of the currency. `held` is
  /// what is in escrow for the caller's tasks. A wallet that was never used reads 0.00.
  @GET
  public WalletAnswer wallet() {
    String account = caller.get().account();
    return WalletAnswer.of(wallets.find(account, Money.USDC));
  }

  /// What went into the wallet and out of it, newest first:
  /// `{success, transactions: [{id, type, amount, balance, currency, taskId, reference, createdAt}],
  /// nextCursor}`. An amount below zero left the wallet; `balance` is what it had after that.
  ///
  /// @param cursor `nextCursor` of the page before; another one is 400 `bad_cursor`
  /// @param limit 1..100, 20 when absent
  @GET
  @Path("/transactions")
  public TransactionsAnswer transactions(
      @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
    String account = caller.get().account();
    String list = "wallet:" + account;
    int size = Cursors.limit(limit, PAGE);
    @Nullable UUID after = cursors.decode(list, cursor);
    List<WalletEntry> entries = wallets.entries(account, Money.USDC, after, size + 1);
    return TransactionsAnswer.of(entries, size, last -> cursors.encode(list, last));
  }

  /// Counts money that has arrived from outside (admins): `{account, amount, currency, reference}` →
  /// 201 `{success, transfer {id, type, account, amount, currency, reference, createdAt}}`.
  ///
  /// A reference counts once. The same body again is answered 200 with the same transfer and moves
  /// nothing; the reference with another body is 409 `reference_used`.
  @POST
  @Path("/deposits")
  @RolesAllowed("admin")
  public RestResponse<DepositAnswer> deposit(@NotNull @Valid DepositRequest request) {
    Deposit deposit = request.deposit();
    DepositReceipt receipt = deposits.post(deposit);
    RestResponse.Status status =
        receipt.repeated() ? RestResponse.Status.OK : RestResponse.Status.CREATED;
    return RestResponse.status(status, DepositAnswer.of(receipt));
  }
}
