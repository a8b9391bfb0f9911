package dev.earnest.task.api.board;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.task.api.Doors;
import dev.earnest.task.domain.TeamAgents;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// One agent of a team. 404 for whoever is no member.
@Tag(name = Doors.TEAM_BOARD)
@Path("/api/agents/{agentId}")
@RunOnVirtualThread
@Idempotent
@RequiresScope(Scope.AGENTS_WRITE)
public class TeamAgentResource {
  private final TeamAgents agents;
  private final TeamAgentChanges changes;
  private final CurrentCaller caller;

  TeamAgentResource(TeamAgents agents, TeamAgentChanges changes, CurrentCaller caller) {
    this.agents = agents;
    this.changes = changes;
    this.caller = caller;
  }

  /// One agent.
  @GET
  @RequiresScope(Scope.TASKS_READ)
  public TeamAgent get(@PathParam("agentId") String agentId) {
    return TeamAgent.of(agents.get(id(agentId), caller.get()));
  }

  /// Changes the fields that the body has (null takes one away); status pauses, stops and resumes.
  ///
  /// Errors: 400 for what makes no sense, 403 to an agent's own token, 422 for a forbidden webhook
  /// URL.
  @PATCH
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = TeamAgentProfile.class)))
  public TeamAgent change(@PathParam("agentId") String agentId, @NotNull ObjectNode body) {
    return TeamAgent.of(
        agents.change(id(agentId), caller.get(), agent -> changes.read(agent, body)));
  }

  /// Gives the agent a new `token`, shown this once; the one it had is good no more. 403 to API keys.
  @POST
  @Path("/rotate-token")
  public TeamAgent rotateToken(@PathParam("agentId") String agentId) {
    return TeamAgent.of(agents.rotateToken(id(agentId), caller.get()));
  }

  private static UUID id(String agentId) {
    return Ids.parse(agentId, "agent");
  }
}
