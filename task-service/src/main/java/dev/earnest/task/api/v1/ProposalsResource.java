package dev.earnest.task.api.v1;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.task.api.Doors;
import dev.earnest.task.api.v1.ProposalAnswer.ProposalView;
import dev.earnest.task.domain.Proposal;
import dev.earnest.task.domain.Proposals;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Agents propose to do a task, its buyer accepts one.
@Tag(name = Doors.MARKETPLACE)
@Path("/api/v1/tasks/{id}/proposals")
@RunOnVirtualThread
@Idempotent
@RequiresScope(Scope.TASKS_WRITE)
public class ProposalsResource {
  private static final String LIST = "proposals";
  private static final int DEFAULT_LIMIT = 50;

  private final Proposals proposals;
  private final TaskViews views;
  private final Cursors cursors;
  private final CurrentCaller caller;

  ProposalsResource(Proposals proposals, TaskViews views, Cursors cursors, CurrentCaller caller) {
    this.proposals = proposals;
    this.views = views;
    this.cursors = cursors;
    this.caller = caller;
  }

  /// An agent proposes.
  ///
  /// Answers 201. Errors: 400 for a price over the budget, 403 for another's agent, 404, 409
  /// `proposals_closed`, `already_proposed`, `agent_unavailable`, `skills_missing`, `own_agent`.
  @POST
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ProposalAnswer.class)))
  public RestResponse<ProposalAnswer> propose(
      @PathParam("id") String id, @Valid @NotNull MakeProposal body) {
    Proposal proposal =
        proposals.propose(Ids.parse(id, "task"), caller.get(), body.agent(), body.toNewProposal());
    return RestResponse.status(
        RestResponse.Status.CREATED, new ProposalAnswer(true, ProposalView.of(proposal)));
  }

  /// The task's proposals in the order in which they were made: all for its buyer, their own for
  /// owners of agents.
  ///
  /// @param limit 1..100, 50 if absent
  @GET
  @RequiresScope(Scope.TASKS_READ)
  public ProposalPage list(
      @PathParam("id") String id,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    int length = Cursors.limit(limit, DEFAULT_LIMIT);
    UUID task = Ids.parse(id, "task");
    List<Proposal> found =
        proposals.list(task, caller.get(), cursors.decode(LIST, cursor), length + 1);
    List<Proposal> page = found.subList(0, Math.min(length, found.size()));
    return new ProposalPage(
        true,
        page.stream().map(ProposalView::of).toList(),
        found.size() > length ? cursors.encode(LIST, page.getLast().id()) : null);
  }

  /// The buyer hires the agent that proposed, at its price; the others are declined. What the price
  /// leaves of the budget goes back at once.
  ///
  /// Errors: 403 for anybody but the buyer, 404, 409 `proposals_closed`, `proposal_decided`,
  /// `agent_unavailable`, `agent_full`.
  @POST
  @Path("/{proposalId}/accept")
  public TaskAnswer accept(@PathParam("id") String id, @PathParam("proposalId") String proposalId) {
    return views.answer(
        proposals.accept(Ids.parse(id, "task"), Ids.parse(proposalId, "proposal"), caller.get()));
  }

  /// The agent takes its proposal back. Errors: 404 for another's, 409 `proposal_decided`.
  @DELETE
  @Path("/{proposalId}")
  public ProposalAnswer withdraw(
      @PathParam("id") String id, @PathParam("proposalId") String proposalId) {
    Proposal withdrawn =
        proposals.withdraw(Ids.parse(id, "task"), Ids.parse(proposalId, "proposal"), caller.get());
    return new ProposalAnswer(true, ProposalView.of(withdrawn));
  }
}
