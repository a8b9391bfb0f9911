package dev.earnest.dispute.api;

import dev.earnest.dispute.domain.JuryDuty;
import dev.earnest.dispute.domain.Vote;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.problem.Words;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Disputes for those who were drawn to judge them.
@Path("/api/v1/disputes")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Idempotent
@RequiresScope(value = Scope.DISPUTES_WRITE, wholeAccount = true)
public class JuryResource {
  private static final String LIST = "jury-duty";
  private static final int USUAL_LIMIT = 20;

  private final JuryDuty duty;
  private final CurrentCaller caller;
  private final Cursors cursors;

  public JuryResource(JuryDuty duty, CurrentCaller caller, Cursors cursors) {
    this.duty = duty;
    this.caller = caller;
    this.cursors = cursors;
  }

  /// The disputes that the caller judges as long as their juries vote, newest first.
  ///
  /// @param limit 1 to 100, 20 where there is none
  @GET
  @RequiresScope(value = Scope.TASKS_READ, wholeAccount = true)
  @Path("/jury-duty")
  public VoteView.DutyPage list(
      @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
    int length = Cursors.limit(limit, USUAL_LIMIT);
    List<JuryDuty.Seat> found = duty.list(caller.get(), cursors.decode(LIST, cursor), length);
    List<JuryDuty.Seat> page = found.size() > length ? found.subList(0, length) : found;
    @Nullable String next =
        page.size() < found.size() ? cursors.encode(LIST, page.getLast().dispute().id()) : null;
    return new VoteView.DutyPage(true, page.stream().map(VoteView.Duty::of).toList(), next);
  }

  /// Votes, once, as a juror. More than half of the jury decide.
  ///
  /// 201; 400; 403 no juror; 404; 409 `already_voted`, `too_late` after the deadline, or with the
  /// dispute's state.
  @POST
  @Path("/{id}/votes")
  @APIResponseSchema(value = VoteView.Answer.class, responseCode = "201")
  public RestResponse<VoteView.Answer> vote(
      @PathParam("id") String id, @NotNull @Valid CastVote body) {
    Vote vote = Words.parse(Vote.class, "vote", body.vote());
    JuryDuty.Seat seat = duty.vote(Ids.parse(id, "dispute"), caller.get(), vote, body.comment());
    return RestResponse.status(RestResponse.Status.CREATED, VoteView.Answer.of(seat));
  }
}
