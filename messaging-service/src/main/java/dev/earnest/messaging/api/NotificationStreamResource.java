package dev.earnest.messaging.api;

import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.messaging.api.StreamOpener.First;
import dev.earnest.messaging.domain.Channel;
import dev.earnest.messaging.domain.Notifications;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.SseEventSink;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/// The caller's feed, live.
@Path("/api/v1/notifications/stream")
@RunOnVirtualThread
@PermitAll // who it is, StreamCaller asks: a ticket will do
@RequiresScope(value = Scope.TASKS_READ, wholeAccount = true)
public class NotificationStreamResource {
  private final StreamCaller callers;
  private final StreamOpener opener;
  private final Notifications notifications;

  NotificationStreamResource(
      StreamCaller callers, StreamOpener opener, Notifications notifications) {
    this.callers = callers;
    this.opener = opener;
    this.notifications = notifications;
  }

  /// Server-sent events of the caller's feed: `notification` with the fields of a notification. The
  /// first event is `unread` {unreadCount}; with a `Last-Event-ID` of this stream it is the
  /// notification after that. A ticket or the token may come as `?token=`. 401.
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @APIResponseSchema(
      value = String.class,
      responseCode = "200",
      responseDescription = "The stream.")
  public void stream(
      @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) @Nullable String lastEventId,
      @Context SseEventSink sink,
      @Context RoutingContext request) {
    StreamCaller.Who who = callers.get(request, lastEventId);
    String account = who.caller().account();
    opener.openInbox(
        who, Channel.account(account), lastEventId, () -> unread(account), request, sink);
  }

  private First unread(String account) {
    int count = NotificationResource.sum(notifications.unread(account));
    return new First("unread", "{\"unreadCount\":" + count + "}");
  }
}
