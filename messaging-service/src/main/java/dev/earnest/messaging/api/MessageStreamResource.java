package dev.earnest.messaging.api;

import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.messaging.api.StreamOpener.First;
import dev.earnest.messaging.domain.Channel;
import dev.earnest.messaging.domain.Conversations;
import dev.earnest.messaging.domain.StreamFeed.Position;
import dev.earnest.messaging.domain.TaskHead;
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
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/// A conversation, live.
@Path("/api/v1/dashboard/messages/{id}/stream")
@RunOnVirtualThread
@PermitAll // who it is, StreamCaller asks: a ticket will do
@RequiresScope(Scope.TASKS_READ)
public class MessageStreamResource {
  private final StreamCaller callers;
  private final VisibleTasks tasks;
  private final StreamOpener opener;
  private final Conversations conversations;

  MessageStreamResource(
      StreamCaller callers, VisibleTasks tasks, StreamOpener opener, Conversations conversations) {
    this.callers = callers;
    this.tasks = tasks;
    this.opener = opener;
    this.conversations = conversations;
  }

  /// Server-sent events of a task's conversation: `message` with the fields of a message, and
  /// `typing` {taskId, senderId, senderRole} when the other side writes one, which has no id and is
  /// not told again. The first event is `unread` {unreadCount}; with a `Last-Event-ID` of this stream
  /// it is the message after that. It does not end with the task. A ticket or the token may come as
  /// `?token=`. 401; 404 when the task is not the caller's.
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
    TaskHead head = tasks.get(id, who.caller());
    OptionalLong seen = head.position(lastEventId);
    Position from = new Position(Channel.conversation(head.id()), seen.orElse(head.streamId()));
    opener.open(
        who,
        head.teamFor(who.caller()),
        from,
        seen.isPresent() ? null : unread(who, head),
        request,
        sink);
  }

  private First unread(StreamCaller.Who who, TaskHead head) {
    int count = conversations.unread(who.caller().account(), head.id());
    return new First("unread", "{\"unreadCount\":" + count + "}");
  }
}
