package dev.earnest.dispute.api;

import dev.earnest.dispute.domain.Negotiation;
import dev.earnest.dispute.domain.Terms;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestResponse;

/// How the parties of a dispute settle, or do not.
@Path("/api/v1/disputes/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Idempotent
@RequiresScope(value = Scope.DISPUTES_WRITE, wholeAccount = true)
public class NegotiationResource {
  private final Negotiation negotiation;
  private final CurrentCaller caller;

  public NegotiationResource(Negotiation negotiation, CurrentCaller caller) {
    this.negotiation = negotiation;
    this.caller = caller;
  }

  /// Offers a settlement, in place of the offer that is on the table, whosever it is: that one is
  /// then COUNTERED or, one's own, WITHDRAWN.
  ///
  /// 201; 400; 403 no party; 404; 409 with the dispute's state, `too_late` after the deadline.
  @POST
  @Path("/offers")
  @APIResponseSchema(value = OfferView.Answer.class, responseCode = "201")
  public RestResponse<OfferView.Answer> offer(
      @PathParam("id") String id, @NotNull @Valid MakeOffer body) {
    Terms terms = Terms.of(body.refundPercentage(), body.redeliver());
    Negotiation.Answered offered = negotiation.offer(Ids.parse(id, "dispute"), caller.get(), terms);
    return RestResponse.status(RestResponse.Status.CREATED, OfferView.Answer.of(offered));
  }

  /// Accepts the other party's offer: the dispute is RESOLVED by it.
  ///
  /// 200; 403 no party, or `own_offer`; 404; 409 with the state of the dispute, or of the offer
  /// (`offer_closed`), `too_late` after the deadline.
  @POST
  @Path("/offers/{offerId}/accept")
  public OfferView.Answer accept(@PathParam("id") String id, @PathParam("offerId") String offerId) {
    return OfferView.Answer.of(
        negotiation.accept(Ids.parse(id, "dispute"), Ids.parse(offerId, "offer"), caller.get()));
  }

  /// Rejects the other party's offer; the negotiation goes on. Answers as [#accept].
  @POST
  @Path("/offers/{offerId}/reject")
  public OfferView.Answer reject(@PathParam("id") String id, @PathParam("offerId") String offerId) {
    return OfferView.Answer.of(
        negotiation.reject(Ids.parse(id, "dispute"), Ids.parse(offerId, "offer"), caller.get()));
  }

  /// Asks for an admin's ruling, during the negotiation or while a jury votes.
  ///
  /// 200; 403 no party; 404; 409 with the dispute's state.
  @POST
  @Path("/escalate")
  public DisputeView.Answer escalate(@PathParam("id") String id) {
    return DisputeView.Answer.of(negotiation.escalate(Ids.parse(id, "dispute"), caller.get()));
  }
}
