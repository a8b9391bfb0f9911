package dev.earnest.messaging.messaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.kit.event.Event;
import dev.earnest.messaging.domain.Heard;
import dev.earnest.messaging.domain.Severity;
import java.util.List;
import java.util.UUID;

/// What other services say of a task: its place in the timeline.
final class Entries {
  private static final String PREFIX = "earnest.";
  private static final String SUFFIX = ".v1";

  private Entries() {}

  /// An event's type as the timeline shows it: `earnest.escrow.held.v1` is `escrow.held`.
  static String type(Event event) {
    String type = event.type();
    int start = type.startsWith(PREFIX) ? PREFIX.length() : 0;
    int end = type.endsWith(SUFFIX) ? type.length() - SUFFIX.length() : type.length();
    return type.substring(start, end);
  }

  static Heard entry(Event event, UUID task, String source, Severity severity) {
    return new Heard(
        task,
        source,
        type(event),
        severity,
        event.time(),
        null,
        event.as(ObjectNode.class),
        List.of(),
        null);
  }
}
