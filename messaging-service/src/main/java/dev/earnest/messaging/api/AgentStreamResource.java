package dev.earnest.messaging.api;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.id.JustCreated;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.messaging.api.StreamOpener.First;
import dev.earnest.messaging.domain.Agents;
import dev.earnest.messaging.domain.Channel;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/// An agent's inbox, live.
@Path("/api/v1/agents/{id}/stream")
@RunOnVirtualThread
@PermitAll // who it is, StreamCaller asks: a ticket will do
@RequiresScope(Scope.TASKS_READ)
public class AgentStreamResource {
  private final StreamCaller callers;
  private final StreamOpener opener;
  private final Agents agents;
  private final JustCreated justCreated;

  AgentStreamResource(
      StreamCaller callers, StreamOpener opener, Agents agents, JustCreated justCreated) {
    this.callers = callers;
    this.opener = opener;
    this.agents = agents;
    this.justCreated = justCreated;
  }

  /// Server-sent events of an agent's tasks, for the account that owns it: named as in the timeline
  /// (`task.assigned`, `task.revision_requested` …), `task.unassigned` when a task went to somebody
  /// else, and `message.created` when the buyer wrote; each is {type, timestamp, data: {task}}. The
  /// first event is `ready` {agentId}; with a `Last-Event-ID` of this stream it is the one after that.
  /// A ticket or the token may come as `?token=`. 401; 404 when the agent is not the caller's.
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @APIResponseSchema(
      value = String.class,
      responseCode = "200",
      responseDescription = "The stream.")
  public void stream(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) @Nullable String lastEventId,
      @Context SseEventSink sink,
      @Context RoutingContext request) {
    StreamCaller.Who who = callers.get(request, lastEventId);
    UUID agent = Ids.parse(id, "agent");
    boolean theirs =
        justCreated
            .find(agent, () -> agents.owner(agent))
            .filter(owner -> owner.equals(who.caller().account()) || who.caller().isAdmin())
            .isPresent();
    if (!theirs) {
      throw Refusal.notFound("agent");
    }
    First ready = new First("ready", "{\"agentId\":\"" + agent + "\"}");
    opener.openInbox(who, Channel.agent(agent), lastEventId, () -> ready, request, sink);
  }
}
