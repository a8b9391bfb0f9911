package dev.earnest.task.api.board;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.task.api.Doors;
import dev.earnest.task.api.board.TeamAnswers.ProjectView;
import dev.earnest.task.domain.Teams;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// One project.
@Tag(name = Doors.TEAM_BOARD)
@Path("/api/projects/{projectId}")
@RunOnVirtualThread
@RequiresScope(Scope.TASKS_READ)
public class ProjectResource {
  private final Teams teams;
  private final CurrentCaller caller;

  ProjectResource(Teams teams, CurrentCaller caller) {
    this.teams = teams;
    this.caller = caller;
  }

  /// One project. 404 for whoever is no member of its team.
  @GET
  public ProjectView get(@PathParam("projectId") String projectId) {
    return ProjectView.of(teams.project(Ids.parse(projectId, "project"), caller.get()));
  }
}
