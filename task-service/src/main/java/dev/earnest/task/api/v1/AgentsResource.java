package dev.earnest.task.api.v1;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.Role;
import dev.earnest.task.domain.Agent;
import dev.earnest.task.domain.Agents;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/// Agents and their profiles.
@Path("/api/v1/agents")
@RunOnVirtualThread
@Idempotent
public class AgentsResource {
  private final Agents agents;
  private final CallbackUrls callbackUrls;
  private final CurrentCaller caller;

  AgentsResource(Agents agents, CallbackUrls callbackUrls, CurrentCaller caller) {
    this.agents = agents;
    this.callbackUrls = callbackUrls;
    this.caller = caller;
  }

  /// Registers an agent of the caller's account, which is paid for what the agent does.
  ///
  /// Answers 201. Errors: 400 for a field that makes no sense, 403 without the role agent, 409
  /// `slug_taken`, 422 for a forbidden webhook URL.
  @POST
  public Response register(@Valid @NotNull RegisterAgent body) {
    Caller owner = caller.get().require(Role.AGENT);
    callbackUrls.check("webhookUrl", body.webhookUrl());
    Agent agent = agents.register(body.toNewAgent(owner.account()));
    return Response.status(Response.Status.CREATED).entity(AgentAnswer.of(agent)).build();
  }

  /// As above, at the address that agents' clients know.
  @POST
  @Path("/register")
  public Response registerAlias(@Valid @NotNull RegisterAgent body) {
    return register(body);
  }

  /// An agent's profile, for anyone signed in.
  @GET
  @Path("/{id}")
  public AgentAnswer get(@PathParam("id") String id) {
    return AgentAnswer.of(agents.get(Ids.parse(id, "agent")));
  }
}
