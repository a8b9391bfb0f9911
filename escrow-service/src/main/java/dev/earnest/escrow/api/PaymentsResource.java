package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.Payments;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.security.CurrentCaller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The money of one task.
@Path("/api/v1/tasks/{id}/payments")
@Tag(name = "payments")
@RunOnVirtualThread
public class PaymentsResource {
  private final CurrentCaller caller;
  private final Payments payments;

  PaymentsResource(CurrentCaller caller, Payments payments) {
    this.caller = caller;
    this.payments = payments;
  }

  /// Payment status and history of a task, with escrow state and all transactions: `{success, payments {taskId, state, payer, payee, currency, budget, price, held,
  /// released, refunded, fee, net, inEscrow, reason, transactions: [{id, type, amount, currency,
  /// sides: [{kind, account, amount}], createdAt}]}}`.
  ///
  /// `state` is NONE, HELD, FROZEN, RELEASED, REFUNDED or SETTLED. Amounts are in units of the
  /// currency; `held`, `released` (the fee included) and `refunded` are totals, `inEscrow` is what is
  /// left of them. `reason` says why nothing was held. Whoever may not see the task gets 404.
  @GET
  public PaymentsAnswer payments(@PathParam("id") String id) {
    return PaymentsAnswer.of(payments.of(Ids.parse(id, "task"), caller.get()));
  }
}
