package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.Deposit;
import dev.earnest.escrow.domain.DepositReceipt;
import dev.earnest.escrow.domain.Deposits;
import dev.earnest.escrow.domain.Wallets;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// The caller's own money.
@Path("/api/v1/wallet")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "wallet")
@RunOnVirtualThread
@Idempotent
@RequiresScope(value = Scope.WALLET_WRITE, wholeAccount = true)
public class WalletResource {
  private final CurrentCaller caller;
  private final Wallets wallets;
  private final Deposits deposits;
  private final TransactionLists lists;

  WalletResource(CurrentCaller caller, Wallets wallets, Deposits deposits, TransactionLists lists) {
    this.caller = caller;
    this.wallets = wallets;
    this.deposits = deposits;
    this.lists = lists;
  }

  /// `{success, wallet {account, currency, available, held, pending}}`, in units of the currency.
  /// `held` is what is in escrow for the caller's tasks, `pending` what waits to be paid out. A wallet
  /// that was never used reads 0.00.
  @GET
  @RequiresScope(value = Scope.WALLET_READ, wholeAccount = true)
  public WalletAnswer wallet() {
    String account = caller.get().account();
    return WalletAnswer.of(wallets.find(account, Money.USDC));
  }

  /// What went into the wallet and out of it, newest first:
  /// `{success, transactions: [{id, type, amount, balance, currency, taskId, reference, note,
  /// createdAt}], nextCursor}`. An amount below zero left the wallet; `balance` is what it had after
  /// that. With `Accept: text/csv` all of it is one table, without pages.
  ///
  /// @param query filters: `type`, `taskId`, `from`, `to`
  /// @param cursor `nextCursor` of the page before; another one is 400 `bad_cursor`
  /// @param limit 1..100, 20 when absent
  @GET
  @RequiresScope(value = Scope.WALLET_READ, wholeAccount = true)
  @Path("/transactions")
  @Produces(MediaType.APPLICATION_JSON)
  public TransactionsAnswer transactions(
      @BeanParam EntryQuery query,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    return lists.page(caller.get().account(), query.filter(), cursor, limit);
  }

  /// As above, whole, as a table (RFC 4180) with a line of names first.
  @GET
  @RequiresScope(value = Scope.WALLET_READ, wholeAccount = true)
  @Path("/transactions")
  @Produces(Csv.WHEN_ASKED_FOR)
  public StreamingOutput table(@BeanParam EntryQuery query) {
    return lists.csv(caller.get().account(), query.filter());
  }

  /// Counts money that has arrived from outside (admins): `{account, amount, currency, reference}` →
  /// 201 `{success, transfer {id, type, account, amount, currency, reference, createdAt}}`.
  ///
  /// A reference counts once. The same body again is answered 200 with the same transfer and moves
  /// nothing; the reference with another body is 409 `reference_used`.
  @POST
  @Path("/deposits")
  @RolesAllowed("admin")
  @APIResponse(
      responseCode = "200",
      description = "The same deposit again.",
      content = @Content(schema = @Schema(implementation = DepositAnswer.class)))
  @APIResponse(
      responseCode = "201",
      description = "The deposit.",
      content = @Content(schema = @Schema(implementation = DepositAnswer.class)))
  public RestResponse<DepositAnswer> deposit(@NotNull @Valid DepositRequest request) {
    Deposit deposit = request.deposit();
    DepositReceipt receipt = deposits.post(deposit);
    RestResponse.Status status =
        receipt.repeated() ? RestResponse.Status.OK : RestResponse.Status.CREATED;
    return RestResponse.status(status, DepositAnswer.of(receipt));
  }
}
