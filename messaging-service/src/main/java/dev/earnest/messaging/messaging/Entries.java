package dev.earnest.messaging.messaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.kit.event.Event;
import dev.earnest.kit.event.EventBatch;
import dev.earnest.messaging.domain.Announcement;
import dev.earnest.messaging.domain.Heard;
import dev.earnest.messaging.domain.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What other services say of a task: its place in the timeline.
final class Entries {
  private static final String PREFIX = "earnest.";
  private static final String SUFFIX = ".v1";

  /// One service asks another; that is no part of a task's story.
  private static final String ASKED = "earnest.escrow.state_asked.v1";

  private Entries() {}

  /// An event's type as the timeline shows it: `earnest.escrow.held.v1` is `escrow.held`.
  static String type(Event event) {
    String type = event.type();
    int start = type.startsWith(PREFIX) ? PREFIX.length() : 0;
    int end = type.endsWith(SUFFIX) ? type.length() - SUFFIX.length() : type.length();
    return type.substring(start, end);
  }

  /// What a batch of another service's events says of tasks.
  ///
  /// @param refused the one type that is bad news
  /// @param announcement what webhooks are told of an event
  static List<Heard> of(
      EventBatch batch,
      String source,
      String refused,
      Function<Event, @Nullable Announcement> announcement) {
    List<Heard> heard = new ArrayList<>(batch.events().size());
    batch.each(event -> {
      UUID task = event.as(AboutTask.class).taskId();
      if (task != null && !event.type().equals(ASKED)) {
        Severity severity = event.type().equals(refused) ? Severity.ERROR : Severity.INFO;
        heard.add(entry(event, task, source, severity, announcement.apply(event)));
      }
    });
    return heard;
  }

  private static Heard entry(
      Event event,
      UUID task,
      String source,
      Severity severity,
      @Nullable Announcement announcement) {
    return new Heard(
        task,
        source,
        type(event),
        severity,
        event.time(),
        null,
        event.as(ObjectNode.class),
        List.of(),
        null,
        announcement);
  }
}
