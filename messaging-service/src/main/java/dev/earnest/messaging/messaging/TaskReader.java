package dev.earnest.messaging.messaging;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.kit.event.Event;
import dev.earnest.messaging.domain.Heard;
import dev.earnest.messaging.domain.Heard.News;
import dev.earnest.messaging.domain.Heard.Said;
import dev.earnest.messaging.domain.Message;
import dev.earnest.messaging.domain.SenderRole;
import dev.earnest.messaging.domain.Severity;
import dev.earnest.messaging.domain.TaskState;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads an event of task.events: what timeline, stream and webhooks make of it. A type that is not
/// named here still changes the task's state and has its place in the timeline.
@ApplicationScoped
class TaskReader {
  /// Of the task there is what the entry says itself; the key it was made with, the buyer's callback
  /// URL and what other entries show already stay out of what both parties read.
  private static final List<String> NOT_SHOWN =
      List.of("task", "apiKey", "brief", "deliveries", "proposers");

  private static final BigDecimal CRITICAL_FROM = BigDecimal.valueOf(100);

  private final ObjectMapper json;
  private final TaskAnnouncements announcements;

  TaskReader(ObjectMapper json) {
    this.json = json;
    this.announcements = new TaskAnnouncements(json);
  }

  Heard read(Event event) {
    TaskEvent said = event.as(TaskEvent.class);
    return new Heard(
        said.task().id(),
        "task-service",
        Entries.type(event),
        severity(event.type(), said),
        event.time(),
        said.task(),
        shown(event, said),
        news(event.type(), said),
        message(event, said),
        announcements.of(event, said));
  }

  /// What failed is critical where it cost somebody real money.
  private static Severity severity(String type, TaskEvent said) {
    return switch (type) {
      case "earnest.task.failed.v1" -> isDear(said) ? Severity.CRITICAL : Severity.ERROR;
      case "earnest.task.expired.v1", "earnest.task.dispute_refused.v1" -> Severity.ERROR;
      default -> Severity.INFO;
    };
  }

  private static boolean isDear(TaskEvent said) {
    return said.price() != null && said.price().decimalValue().compareTo(CRITICAL_FROM) >= 0;
  }

  private static ObjectNode shown(Event event, TaskEvent said) {
    ObjectNode data = event.as(ObjectNode.class);
    data.remove(NOT_SHOWN);
    data.put("status", said.task().status());
    data.put("previousStatus", said.task().previousStatus());
    data.put("attempt", said.task().attempt());
    return data;
  }

  private List<News> news(String type, TaskEvent said) {
    return switch (type) {
      case "earnest.task.progressed.v1" -> List.of(new News("progress", said.progress(json)));
      case "earnest.task.delivered.v1", "earnest.task.completed.v1" ->
          said.delivery() == null
              ? List.of()
              : List.of(new News("delivery", said.delivery().shown(json)));
      default -> List.of();
    };
  }

  /// What the agent asks and the buyer answers is part of their conversation. What was said there
  /// first is in it already.
  private static @Nullable Said message(Event event, TaskEvent said) {
    TaskState task = said.task();
    return switch (event.type()) {
      case "earnest.task.input_requested.v1" ->
          said(event, task.agentAccount(), task.agent(), SenderRole.AGENT, said.question());
      case "earnest.task.input_given.v1" ->
          said.messageId() == null
              ? said(event, said.by(), said.by(), SenderRole.BUYER, said.message())
              : null;
      default -> null;
    };
  }

  private static @Nullable Said said(
      Event event,
      @Nullable String account,
      @Nullable Object sender,
      SenderRole role,
      @Nullable String content) {
    if (account == null || sender == null || content == null) {
      return null;
    }
    Message message =
        new Message(
            event.id(), event.subjectId(), sender.toString(), role, content, null, event.time());
    return new Said(account, message);
  }
}
