package dev.earnest.messaging.api;

import dev.earnest.messaging.domain.StreamFeed.StreamEvent;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/// Events in the form of the HTML standard, section 9.2; JSON has no line breaks.
final class Frames {
  private Frames() {}

  static Buffer of(List<StreamEvent> events) {
    Buffer frames = Buffer.buffer();
    events.forEach(event -> append(frames, event.id(), event.name(), event.data()));
    return frames;
  }

  static void append(Buffer frames, long id, String name, String data) {
    frames.appendString("id: ").appendString(Long.toString(id)).appendString("\n");
    append(frames, name, data);
  }

  /// An event of the moment, which has no place in the stream.
  static void append(Buffer frames, String name, String data) {
    frames
        .appendString("event: ")
        .appendString(name)
        .appendString("\ndata: ")
        .appendString(data)
        .appendString("\n\n");
  }
}
