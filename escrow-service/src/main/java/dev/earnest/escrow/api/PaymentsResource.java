package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.Payments;
import dev.earnest.escrow.domain.Tip;
import dev.earnest.escrow.domain.Tips;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// The money of one task.
@Path("/api/v1/tasks/{id}/payments")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "payments")
@RunOnVirtualThread
@Idempotent
@RequiresScope(Scope.WALLET_WRITE)
public class PaymentsResource {
  private final CurrentCaller caller;
  private final Payments payments;
  private final Tips tips;

  PaymentsResource(CurrentCaller caller, Payments payments, Tips tips) {
    this.caller = caller;
    this.payments = payments;
    this.tips = tips;
  }

  /// Payment status and history of a task, with escrow state and all transactions:
  /// `{success, payments {taskId, state, payer, payee, currency, budget, price, held, released,
  /// refunded, fee, net, inEscrow, tipped, reason, transactions: [{id, type, amount, currency, note,
  /// sides: [{kind, account, amount}], createdAt}]}}`.
  ///
  /// `state` is NONE, HELD, FROZEN, RELEASED, REFUNDED or SETTLED. Amounts are in units of the
  /// currency; `held`, `released` (the fee included) and `refunded` are totals, `inEscrow` is what is
  /// left of them; `tipped` was paid on top. `reason` says why nothing was held: `insufficient_funds`
  /// or `spend_cap`. Whoever may not see the task gets 404.
  @GET
  @RequiresScope(Scope.WALLET_READ)
  public PaymentsAnswer payments(@PathParam("id") String id) {
    return PaymentsAnswer.of(payments.of(Ids.parse(id, "task"), caller.get()));
  }

  /// Pays the agent something on top of the price, from wallet to wallet and without a fee:
  /// `{amount, currency, type: TIP or BONUS, note}` → 201 `{success, payment {id, taskId, type, payer,
  /// payee, amount, currency, note, createdAt}}`.
  ///
  /// Only the task's buyer pays (403 for others who see it, 404 for those who do not), while the task is
  /// EXECUTING, DELIVERED or COMPLETED (else 409 `illegal_tip` with its state). Refused too: an agent
  /// of the buyer's own (409 `own_agent`), more than the wallet has (409 `insufficient_funds`), more
  /// than the account's caps allow (409 `spend_cap`).
  @POST
  @APIResponseSchema(value = TipAnswer.class, responseCode = "201")
  public RestResponse<TipAnswer> pay(
      @PathParam("id") String id, @NotNull @Valid TipRequest request) {
    Tip tip = tips.pay(Ids.parse(id, "task"), caller.get(), request.tip());
    return RestResponse.status(RestResponse.Status.CREATED, TipAnswer.of(tip));
  }
}
