package dev.earnest.task.api.board;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.task.api.Doors;
import dev.earnest.task.api.board.TeamAnswers.MemberPage;
import dev.earnest.task.api.board.TeamAnswers.MemberView;
import dev.earnest.task.domain.TeamMember;
import dev.earnest.task.domain.Teams;
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
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Who is in a team. For whoever is not, the team does not exist (404).
@Tag(name = Doors.TEAM_BOARD)
@Path("/api/teams/{teamId}/members")
@RunOnVirtualThread
@Idempotent
@RequiresScope(Scope.AGENTS_WRITE)
public class MembersResource {
  private static final String LIST = "members";

  private final Teams teams;
  private final Cursors cursors;
  private final CurrentCaller caller;

  MembersResource(Teams teams, Cursors cursors, CurrentCaller caller) {
    this.teams = teams;
    this.cursors = cursors;
    this.caller = caller;
  }

  /// The members in the order of their accounts.
  ///
  /// @param limit 1..100, 50 if absent
  @GET
  @RequiresScope(Scope.TASKS_READ)
  public MemberPage list(
      @PathParam("teamId") String teamId,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    int length = Cursors.limit(limit, Slice.DEFAULT_LIMIT);
    @Nullable String place = cursors.decodePlace(LIST, cursor);
    UUID team = Ids.parse(teamId, "team");
    Slice<TeamMember> found =
        Slice.of(teams.members(team, caller.get(), place == null ? "" : place, length + 1), length);
    return new MemberPage(
        found.map(MemberView::of), found.next(last -> cursors.encodePlace(LIST, last.account())));
  }

  /// Takes an account in, or gives a member another role.
  ///
  /// Answers 201 with the member. Errors: 400, 403 for whoever does not own the team and to API keys,
  /// 409 `team_full` (1,000), `last_owner`.
  @POST
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = MemberView.class)))
  public RestResponse<MemberView> add(
      @PathParam("teamId") String teamId, @Valid @NotNull AddMember body) {
    TeamMember member =
        teams.add(
            Ids.parse(teamId, "team"),
            caller.get(),
            Objects.requireNonNull(body.account()),
            body.readRole());
    return RestResponse.status(RestResponse.Status.CREATED, MemberView.of(member));
  }

  /// Lets a member go; everybody may leave.
  ///
  /// Answers 204. Errors: 403 for whoever does not own the team and to API keys, 404, 409
  /// `last_owner`.
  @DELETE
  @Path("/{account}")
  public void remove(@PathParam("teamId") String teamId, @PathParam("account") String account) {
    teams.remove(Ids.parse(teamId, "team"), caller.get(), account);
  }
}
