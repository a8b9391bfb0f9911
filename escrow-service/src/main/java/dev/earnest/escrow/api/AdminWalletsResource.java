package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.Wallets;
import dev.earnest.kit.money.Money;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Anybody's wallet, for admins.
@Path("/api/v1/admin/wallets")
@Tag(name = "wallet")
@RolesAllowed("admin")
@RunOnVirtualThread
public class AdminWalletsResource {
  private final Wallets wallets;

  AdminWalletsResource(Wallets wallets) {
    this.wallets = wallets;
  }

  /// As `GET /api/v1/wallet`, of the named account. The ledger knows accounts by their money only:
  /// one that it never heard of reads 0.00.
  @GET
  @Path("/{account}")
  public WalletAnswer wallet(@PathParam("account") String account) {
    return WalletAnswer.of(wallets.find(Accounts.name("account", account), Money.USDC));
  }
}
