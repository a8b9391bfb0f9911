package dev.earnest.messaging.api;

import dev.earnest.messaging.domain.Channel;
import dev.earnest.messaging.domain.Inboxes;
import dev.earnest.messaging.domain.Inboxes.Standing;
import dev.earnest.messaging.domain.StreamFeed.Position;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Begins streams.
@ApplicationScoped
class StreamOpener {
  /// How long a client that lost the connection waits before it comes back.
  private static final String RETRY = "retry: 1000\n\n";

  private final Streams streams;
  private final Inboxes inboxes;

  StreamOpener(Streams streams, Inboxes inboxes) {
    this.streams = streams;
    this.inboxes = inboxes;
  }

  /// The first event: how things stand.
  record First(String name, String data) {}

  /// Begins the stream of an inbox.
  ///
  /// @param first asked for a reader that does not go on where it was
  void openInbox(
      StreamCaller.Who who,
      Channel inbox,
      @Nullable String lastEventId,
      Supplier<First> first,
      RoutingContext request,
      SseEventSink sink) {
    Standing standing = inboxes.standing(inbox, lastEventId);
    boolean known = standing.seen().isPresent();
    Position from = new Position(inbox, standing.seen().orElse(standing.newest()));
    open(who, null, from, known ? null : first.get(), request, sink);
  }

  /// @param team whose member the caller sees the task as; null where it sees it anyhow
  /// @param from what the reader has, or what the first event tells of
  /// @param first null for a reader that goes on where it was
  void open(
      StreamCaller.Who who,
      @Nullable String team,
      Position from,
      @Nullable First first,
      RoutingContext request,
      SseEventSink sink) {
    HttpServerResponse response = request.response();
    response.putHeader(HttpHeaders.CONTENT_TYPE, MediaType.SERVER_SENT_EVENTS);
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.putHeader("X-Accel-Buffering", "no");
    if (request.request().method().equals(HttpMethod.HEAD)) {
      // an answer without an end would hold up whoever uses the connection next
      sink.close();
      return;
    }
    response.setChunked(true);
    StreamReader reader =
        new StreamReader(
            who.caller(),
            who.until(),
            team,
            from,
            request.request(),
            sink,
            () -> streams.wake(Set.of(from.channel().id())));
    request.addEndHandler(_ -> streams.forget(reader));
    Buffer begin = Buffer.buffer(RETRY);
    if (first != null) {
      Frames.append(begin, from.after(), first.name(), first.data());
    }
    reader.write(begin, false);
    streams.open(reader);
  }
}
