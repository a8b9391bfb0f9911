package dev.earnest.task.api.board;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.task.api.Doors;
import dev.earnest.task.api.board.TeamAnswers.TeamPage;
import dev.earnest.task.api.board.TeamAnswers.TeamView;
import dev.earnest.task.domain.Team;
import dev.earnest.task.domain.Teams;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Teams: people who share a board. For whoever is no member a team does not exist (404).
@Tag(name = Doors.TEAM_BOARD)
@Path("/api/teams")
@RunOnVirtualThread
@Idempotent
@RequiresScope(Scope.AGENTS_WRITE)
public class TeamsResource {
  private static final String LIST = "teams";

  private final Teams teams;
  private final Cursors cursors;
  private final CurrentCaller caller;

  TeamsResource(Teams teams, Cursors cursors, CurrentCaller caller) {
    this.teams = teams;
    this.cursors = cursors;
    this.caller = caller;
  }

  /// Makes a team, which its maker owns. Answers 201. Errors: 400, 403 to API keys.
  @POST
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = TeamView.class)))
  public RestResponse<TeamView> create(@Valid @NotNull CreateTeam body) {
    Team team = teams.create(Objects.requireNonNull(body.name()), caller.get());
    return RestResponse.status(RestResponse.Status.CREATED, TeamView.of(team));
  }

  /// The caller's teams, oldest first.
  ///
  /// @param limit 1..100, 50 if absent
  @GET
  @RequiresScope(Scope.TASKS_READ)
  public TeamPage list(
      @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
    int length = Cursors.limit(limit, Slice.DEFAULT_LIMIT);
    Slice<Team> found =
        Slice.of(teams.list(caller.get(), cursors.decode(LIST, cursor), length + 1), length);
    return new TeamPage(
        found.map(TeamView::of), found.next(last -> cursors.encode(LIST, last.id())));
  }

  /// One team.
  @GET
  @RequiresScope(Scope.TASKS_READ)
  @Path("/{teamId}")
  public TeamView get(@PathParam("teamId") String teamId) {
    return TeamView.of(teams.get(Ids.parse(teamId, "team"), caller.get()));
  }
}
