package dev.earnest.messaging.api;

import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.messaging.api.StreamOpener.First;
import dev.earnest.messaging.domain.Channel;
import dev.earnest.messaging.domain.Chronicle;
import dev.earnest.messaging.domain.StreamFeed.Position;
import dev.earnest.messaging.domain.TaskHead;
import dev.earnest.messaging.domain.TaskState;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Objects;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/// A task, live.
@Path("/api/v1/tasks/{id}/stream")
@RunOnVirtualThread
@PermitAll // who it is, StreamCaller asks: a ticket will do
@RequiresScope(Scope.TASKS_READ)
public class TaskStreamResource {
  private final StreamCaller callers;
  private final VisibleTasks tasks;
  private final StreamOpener opener;
  private final Chronicle chronicle;

  TaskStreamResource(
      StreamCaller callers, VisibleTasks tasks, StreamOpener opener, Chronicle chronicle) {
    this.callers = callers;
    this.tasks = tasks;
    this.opener = opener;
    this.chronicle = chronicle;
  }

  /// Server-sent events of a task: `status` {status, previousStatus, timestamp}, `progress`
  /// {progress, message, stage}, `delivery` {resultSummary, artifacts}, `message`, and `done` when
  /// the task is final, which ends the stream. The first event is the current status; with a
  /// `Last-Event-ID` of this stream it is the one after that. A ticket or the token may come as
  /// `?token=`. 204 to who has seen `done`; 401; 404 when the task is not the caller's.
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @APIResponseSchema(
      value = String.class,
      responseCode = "200",
      responseDescription = "The stream.")
  @APIResponse(responseCode = "204", description = "It has ended, and the caller has seen it.")
  public void stream(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) @Nullable String lastEventId,
      @Context SseEventSink sink,
      @Context RoutingContext request) {
    StreamCaller.Who who = callers.get(request, lastEventId);
    TaskHead head = tasks.get(id, who.caller());
    OptionalLong seen = head.position(lastEventId);
    if (seen.isPresent() && head.doneAt(seen.getAsLong())) {
      throw new WebApplicationException(Response.noContent().build());
    }
    Position from = new Position(Channel.task(head.id()), seen.orElse(head.newestId()));
    opener.open(
        who,
        head.teamFor(who.caller()),
        from,
        seen.isPresent() ? null : status(head),
        request,
        sink);
  }

  private First status(TaskHead head) {
    TaskState state = Objects.requireNonNull(head.state());
    return new First("status", chronicle.status(state, head.statusAt()).toString());
  }
}
