package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.Wallets;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Anybody's wallet, for admins.
@Path("/api/v1/admin/wallets")
@Tag(name = "wallet")
@RolesAllowed("admin")
@RunOnVirtualThread
@RequiresScope(value = Scope.WALLET_READ, wholeAccount = true)
public class AdminWalletsResource {
  private final Wallets wallets;
  private final TransactionLists lists;

  AdminWalletsResource(Wallets wallets, TransactionLists lists) {
    this.wallets = wallets;
    this.lists = lists;
  }

  /// As `GET /api/v1/wallet`, of the named account. The ledger knows accounts by their money only:
  /// one that it never heard of reads 0.00.
  @GET
  @Path("/{account}")
  public WalletAnswer wallet(@PathParam("account") String account) {
    return WalletAnswer.of(wallets.find(Accounts.name("account", account), Money.USDC));
  }

  /// As `GET /api/v1/wallet/transactions`, of the named account.
  @GET
  @Path("/{account}/transactions")
  @Produces(MediaType.APPLICATION_JSON)
  public TransactionsAnswer transactions(
      @PathParam("account") String account,
      @BeanParam EntryQuery query,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    return lists.page(Accounts.name("account", account), query.filter(), cursor, limit);
  }

  /// As above, whole, as a table.
  @GET
  @Path("/{account}/transactions")
  @Produces(Csv.WHEN_ASKED_FOR)
  public StreamingOutput table(@PathParam("account") String account, @BeanParam EntryQuery query) {
    return lists.csv(Accounts.name("account", account), query.filter());
  }
}
