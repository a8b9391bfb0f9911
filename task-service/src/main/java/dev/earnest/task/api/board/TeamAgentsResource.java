package dev.earnest.task.api.board;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.task.api.Doors;
import dev.earnest.task.api.board.TeamAgent.TeamAgentPage;
import dev.earnest.task.domain.Agent;
import dev.earnest.task.domain.TeamAgents;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// The agents of a team. For whoever is no member the team does not exist (404).
@Tag(name = Doors.TEAM_BOARD)
@Path("/api/teams/{teamId}/agents")
@RunOnVirtualThread
@Idempotent
@RequiresScope(Scope.AGENTS_WRITE)
public class TeamAgentsResource {
  private static final String LIST = "team agents";

  private final TeamAgents agents;
  private final TeamAgentChanges changes;
  private final Cursors cursors;
  private final CurrentCaller caller;

  TeamAgentsResource(
      TeamAgents agents, TeamAgentChanges changes, Cursors cursors, CurrentCaller caller) {
    this.agents = agents;
    this.changes = changes;
    this.cursors = cursors;
    this.caller = caller;
  }

  /// The team's agents, oldest first.
  ///
  /// @param limit 1..100, 50 if absent
  @GET
  @RequiresScope(Scope.TASKS_READ)
  public TeamAgentPage list(
      @PathParam("teamId") String teamId,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    int length = Cursors.limit(limit, Slice.DEFAULT_LIMIT);
    @Nullable UUID after = cursors.decode(LIST, cursor);
    UUID team = Ids.parse(teamId, "team");
    Slice<Agent> found = Slice.of(agents.list(team, caller.get(), after, length + 1), length);
    return new TeamAgentPage(
        found.map(TeamAgent::of), found.next(last -> cursors.encode(LIST, last.id())));
  }

  /// Makes an agent. Its `token` is shown this once, and not to API keys, which make no keys.
  ///
  /// Answers 201. Errors: 400, 403 to an agent's own token, 422 for a forbidden webhook URL.
  @POST
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = TeamAgent.class)))
  public RestResponse<TeamAgent> create(
      @PathParam("teamId") String teamId, @Valid @NotNull TeamAgentProfile body) {
    Caller maker = caller.get();
    TeamAgents.Equipped made =
        agents.make(Ids.parse(teamId, "team"), maker, changes.read(body, maker.account()));
    return RestResponse.status(RestResponse.Status.CREATED, TeamAgent.of(made));
  }
}
