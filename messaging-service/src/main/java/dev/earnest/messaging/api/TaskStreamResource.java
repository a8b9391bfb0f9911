package dev.earnest.messaging.api;

import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.messaging.domain.Chronicle;
import dev.earnest.messaging.domain.StreamFeed.Position;
import dev.earnest.messaging.domain.TaskHead;
import dev.earnest.messaging.domain.TaskState;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
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
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/// A task, live.
@Path("/api/v1/tasks/{id}/stream")
@RunOnVirtualThread
public class TaskStreamResource {
  /// How long a client that lost the connection waits before it comes back.
  private static final String RETRY = "retry: 1000\n\n";

  private final CurrentCaller caller;
  private final JsonWebToken token;
  private final VisibleTasks tasks;
  private final TaskStreams streams;
  private final Chronicle chronicle;

  TaskStreamResource(
      CurrentCaller caller,
      JsonWebToken token,
      VisibleTasks tasks,
      TaskStreams streams,
      Chronicle chronicle) {
    this.caller = caller;
    this.token = token;
    this.tasks = tasks;
    this.streams = streams;
    this.chronicle = chronicle;
  }

  /// Server-sent events of a task: `status` {status, previousStatus, timestamp}, `progress`
  /// {progress, message, stage}, `delivery` {resultSummary, artifacts}, `message`, and `done` when
  /// the task is final, which ends the stream. The first event is the current status; with a
  /// `Last-Event-ID` of this stream it is the one after that. The token may come as `?token=`.
  /// 204 to who has seen `done`; 401; 404 when the task is not the caller's.
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void stream(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) @Nullable String lastEventId,
      @Context SseEventSink sink,
      @Context RoutingContext request) {
    TaskHead head = tasks.get(id, caller.get());
    OptionalLong seen = head.position(lastEventId);
    if (seen.isPresent() && head.doneAt(seen.getAsLong())) {
      throw new WebApplicationException(Response.noContent().build());
    }
    open(head, seen, sink, request);
  }

  private void open(TaskHead head, OptionalLong seen, SseEventSink sink, RoutingContext request) {
    HttpServerResponse response = request.response();
    response.putHeader(HttpHeaders.CONTENT_TYPE, MediaType.SERVER_SENT_EVENTS);
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.putHeader("X-Accel-Buffering", "no");
    response.setChunked(true);
    StreamReader reader = reader(head, seen, sink, request.request());
    request.addEndHandler(_ -> streams.forget(reader));
    reader.write(first(head, seen), false);
    streams.open(reader);
  }

  private StreamReader reader(
      TaskHead head, OptionalLong seen, SseEventSink sink, HttpServerRequest request) {
    return new StreamReader(
        caller.get(),
        Instant.ofEpochSecond(token.getExpirationTime()),
        new Position(head.id(), seen.orElse(head.newestId())),
        request,
        sink,
        () -> streams.wake(Set.of(head.id())));
  }

  private Buffer first(TaskHead head, OptionalLong seen) {
    Buffer first = Buffer.buffer(RETRY);
    if (seen.isEmpty()) {
      TaskState state = Objects.requireNonNull(head.state());
      String status = chronicle.status(state, head.statusAt()).toString();
      TaskStreams.frame(first, head.newestId(), "status", status);
    }
    return first;
  }
}
