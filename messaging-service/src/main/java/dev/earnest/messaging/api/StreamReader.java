package dev.earnest.messaging.api;

import dev.earnest.kit.security.Caller;
import dev.earnest.messaging.domain.Channel;
import dev.earnest.messaging.domain.Connections;
import dev.earnest.messaging.domain.StreamFeed.Page;
import dev.earnest.messaging.domain.StreamFeed.Position;
import dev.earnest.messaging.domain.TaskHead;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One open stream. It is written to only when all that was written before has left for the network,
/// so what a slow reader costs is one page of events; and it is dropped when that takes too long.
final class StreamReader {
  private static final Buffer HEARTBEAT = Buffer.buffer(": \n\n");

  private final Caller caller;
  private final Instant tokenEnds;
  private final @Nullable String team;
  private final HttpServerRequest request;
  private final SseEventSink sink;
  private final Runnable onDrained;
  private final AtomicReference<@Nullable Buffer> moment = new AtomicReference<>();
  private volatile Position position;
  private volatile long lastWrite = System.nanoTime();
  private volatile boolean writing;
  private volatile boolean closed;

  /// @param position what the reader has already
  /// @param tokenEnds a stream lives no longer than the token that opened it
  /// @param team whose member the caller sees the task as; null where it sees it anyhow
  /// @param onDrained called when it can take more
  StreamReader(
      Caller caller,
      Instant tokenEnds,
      @Nullable String team,
      Position position,
      HttpServerRequest request,
      SseEventSink sink,
      Runnable onDrained) {
    this.caller = caller;
    this.tokenEnds = tokenEnds;
    this.team = team;
    this.position = position;
    this.request = request;
    this.sink = sink;
    this.onDrained = onDrained;
  }

  Channel channel() {
    return position.channel();
  }

  Caller caller() {
    return caller;
  }

  Position position() {
    return position;
  }

  boolean isReady() {
    return !writing && !closed;
  }

  boolean isClosed() {
    return closed;
  }

  boolean sees(TaskHead head) {
    return head.visibleTo(caller)
        || (team != null && head.state() != null && team.equals(head.state().team()));
  }

  /// Writes the page that follows its position, unless the caller may not see the task any more.
  void take(Page page, Buffer frames) {
    TaskHead head = page.head();
    if (head != null && !sees(head)) {
      end();
      return;
    }
    position = new Position(position.channel(), page.last());
    boolean ends =
        head != null && channel().kind() == Channel.Kind.TASK && head.doneAt(page.last());
    write(frames, ends);
  }

  /// Writes what is of this moment only, or as soon as it can; only the last is worth keeping.
  void show(Buffer frame) {
    moment.set(frame);
    takeMoment();
  }

  void takeMoment() {
    if (isReady()) {
      Buffer frame = moment.getAndSet(null);
      if (frame != null) {
        write(frame, false);
      }
    }
  }

  /// @param last whether the stream ends with this
  void write(Buffer frames, boolean last) {
    writing = true;
    lastWrite = System.nanoTime();
    request
        .response()
        .write(frames)
        .onComplete(written -> {
          writing = false;
          if (last || written.failed()) {
            end();
          } else {
            onDrained.run();
          }
        });
  }

  /// Called now and then: keeps the connection alive, or drops a reader that does not read.
  ///
  /// @param patience how long a write may take
  /// @param heartbeat how long the stream may be silent
  void tick(Instant now, Duration patience, Duration heartbeat) {
    long silent = System.nanoTime() - lastWrite;
    if (writing && silent > patience.toNanos()) {
      closed = true;
      drop();
    } else if (now.isAfter(tokenEnds)) {
      end();
    } else if (isReady() && silent > heartbeat.toNanos()) {
      write(HEARTBEAT, false);
    }
  }

  /// Others may share an HTTP/2 connection.
  private void drop() {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset();
    } else {
      Connections.abort(request.connection());
    }
  }

  void closed() {
    closed = true;
  }

  void end() {
    if (!closed) {
      closed = true;
      sink.close();
    }
  }
}
