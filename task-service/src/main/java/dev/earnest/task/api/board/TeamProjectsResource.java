package dev.earnest.task.api.board;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.task.api.Doors;
import dev.earnest.task.api.board.TeamAnswers.ProjectPage;
import dev.earnest.task.api.board.TeamAnswers.ProjectView;
import dev.earnest.task.domain.Project;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// What a team groups its tasks by. For whoever is no member the team does not exist (404).
@Tag(name = Doors.TEAM_BOARD)
@Path("/api/teams/{teamId}/projects")
@RunOnVirtualThread
@Idempotent
@RequiresScope(Scope.TASKS_WRITE)
public class TeamProjectsResource {
  private static final String LIST = "projects";

  private final Teams teams;
  private final Cursors cursors;
  private final CurrentCaller caller;

  TeamProjectsResource(Teams teams, Cursors cursors, CurrentCaller caller) {
    this.teams = teams;
    this.cursors = cursors;
    this.caller = caller;
  }

  /// The team's projects, oldest first.
  ///
  /// @param limit 1..100, 50 if absent
  @GET
  @RequiresScope(Scope.TASKS_READ)
  public ProjectPage list(
      @PathParam("teamId") String teamId,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    int length = Cursors.limit(limit, Slice.DEFAULT_LIMIT);
    @Nullable UUID after = cursors.decode(LIST, cursor);
    UUID team = Ids.parse(teamId, "team");
    Slice<Project> found = Slice.of(teams.projects(team, caller.get(), after, length + 1), length);
    return new ProjectPage(
        found.map(ProjectView::of), found.next(last -> cursors.encode(LIST, last.id())));
  }

  /// Makes a project. Answers 201. Errors: 400, 403 to an agent's own token.
  @POST
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ProjectView.class)))
  public RestResponse<ProjectView> create(
      @PathParam("teamId") String teamId, @Valid @NotNull CreateProject body) {
    Project project =
        teams.createProject(
            Ids.parse(teamId, "team"),
            caller.get(),
            Objects.requireNonNull(body.name()),
            body.description());
    return RestResponse.status(RestResponse.Status.CREATED, ProjectView.of(project));
  }
}
