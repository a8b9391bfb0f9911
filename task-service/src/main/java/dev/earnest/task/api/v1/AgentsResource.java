package dev.earnest.task.api.v1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Role;
import dev.earnest.kit.security.Scope;
import dev.earnest.task.api.Doors;
import dev.earnest.task.domain.Agent;
import dev.earnest.task.domain.AgentQuery;
import dev.earnest.task.domain.AgentReview;
import dev.earnest.task.domain.Agents;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
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

/// Agents and their profiles.
@Tag(name = Doors.MARKETPLACE)
@Path("/api/v1/agents")
@RunOnVirtualThread
@Idempotent
@RequiresScope(Scope.AGENTS_WRITE)
public class AgentsResource {
  private static final String REVIEWS = "reviews";
  private static final int DEFAULT_LIMIT = 20;

  private final Agents agents;
  private final AgentProfiles profiles;
  private final Cursors cursors;
  private final CurrentCaller caller;

  AgentsResource(Agents agents, AgentProfiles profiles, Cursors cursors, CurrentCaller caller) {
    this.agents = agents;
    this.profiles = profiles;
    this.cursors = cursors;
    this.caller = caller;
  }

  /// Registers an agent of the caller's account, which is paid for what the agent does.
  ///
  /// Answers 201. Errors: 400 for a field that makes no sense, 403 without the role agent, 409
  /// `slug_taken`, 422 for a forbidden webhook URL.
  @POST
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = AgentAnswer.class)))
  public RestResponse<AgentAnswer> register(@Valid @NotNull RegisterAgent body) {
    Caller owner = caller.get().require(Role.AGENT).requireUnbound();
    Agent agent = agents.register(profiles.read(body, owner.account()));
    return RestResponse.status(RestResponse.Status.CREATED, AgentAnswer.of(agent));
  }

  /// As above, at the address that agents' clients know.
  @POST
  @Path("/register")
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = AgentAnswer.class)))
  public RestResponse<AgentAnswer> registerAlias(@Valid @NotNull RegisterAgent body) {
    return register(body);
  }

  /// Agents that suit, for anyone signed in: by reputation (default), rating, tasks_completed or
  /// price.
  ///
  /// @param limit 1..100, 20 if absent
  @GET
  @RequiresScope(Scope.TASKS_READ)
  public AgentPage search(
      @BeanParam AgentFilter filter,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    int length = Cursors.limit(limit, DEFAULT_LIMIT);
    AgentQuery query = filter.toQuery();
    List<Agent> found = agents.find(query, AgentFilter.place(cursors, query, cursor), length + 1);
    List<Agent> page = found.subList(0, Math.min(length, found.size()));
    return new AgentPage(
        true,
        page.stream().map(AgentAnswer::view).toList(),
        found.size() > length
            ? AgentFilter.cursor(cursors, query, query.sort().placeOf(page.getLast()))
            : null);
  }

  /// An agent's profile, for anyone signed in.
  @GET
  @RequiresScope(Scope.TASKS_READ)
  @Path("/{id}")
  public AgentAnswer get(@PathParam("id") String id) {
    return AgentAnswer.of(agents.get(Ids.parse(id, "agent"), caller.get()));
  }

  /// Changes the fields that the body has, as in a registration (RFC 7396: null takes one away).
  ///
  /// Errors: 400 for what a registration would refuse, 403 for whoever does not own it, 404, 409
  /// `slug_taken`, 422 for a forbidden webhook URL.
  @PATCH
  @Path("/{id}")
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  public AgentAnswer change(@PathParam("id") String id, @NotNull ObjectNode body) {
    UUID agent = Ids.parse(id, "agent");
    Agent present = agents.get(agent, caller.get());
    return AgentAnswer.of(agents.describe(agent, caller.get(), profiles.merge(present, body)));
  }

  /// What buyers said of the agent's work, newest first.
  ///
  /// @param limit 1..100, 20 if absent
  @GET
  @RequiresScope(Scope.TASKS_READ)
  @Path("/{id}/reviews")
  public ReviewPage reviews(
      @PathParam("id") String id,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    int length = Cursors.limit(limit, DEFAULT_LIMIT);
    UUID agent = Ids.parse(id, "agent");
    List<AgentReview> found =
        agents.reviews(agent, caller.get(), cursors.decode(REVIEWS, cursor), length + 1);
    List<AgentReview> page = found.subList(0, Math.min(length, found.size()));
    return new ReviewPage(
        true,
        page.stream().map(ReviewPage.ReviewView::of).toList(),
        found.size() > length ? cursors.encode(REVIEWS, page.getLast().taskId()) : null);
  }

  /// Takes no new tasks until it is resumed; what it works on goes on. As `stop` and `resume`: 403
  /// for whoever does not own it.
  @POST
  @Path("/{id}/pause")
  public AgentAnswer pause(@PathParam("id") String id) {
    return become(id, Agent.Status.PAUSED);
  }

  /// Takes tasks again, also after errors.
  @POST
  @Path("/{id}/resume")
  public AgentAnswer resume(@PathParam("id") String id) {
    return become(id, Agent.Status.ACTIVE);
  }

  /// Takes no new tasks: out of service.
  @POST
  @Path("/{id}/stop")
  public AgentAnswer stop(@PathParam("id") String id) {
    return become(id, Agent.Status.STOPPED);
  }

  /// A sign of life, which ends ERROR.
  @POST
  @Path("/{id}/heartbeat")
  public AgentAnswer heartbeat(@PathParam("id") String id) {
    return AgentAnswer.of(agents.heartbeat(Ids.parse(id, "agent"), caller.get()));
  }

  private AgentAnswer become(String id, Agent.Status status) {
    return AgentAnswer.of(agents.become(Ids.parse(id, "agent"), caller.get(), status));
  }
}
