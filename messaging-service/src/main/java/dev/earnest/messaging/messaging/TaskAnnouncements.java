package dev.earnest.messaging.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.kit.event.Event;
import dev.earnest.messaging.domain.Announcement;
import dev.earnest.messaging.domain.Announcement.Audience;
import dev.earnest.messaging.domain.Briefs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What webhooks are told of task.events. A type that is not named here is news of the task all the
/// same: `task.updated`, whose `change` says what.
final class TaskAnnouncements {
  private final ObjectMapper json;

  TaskAnnouncements(ObjectMapper json) {
    this.json = json;
  }

  @Nullable Announcement of(Event event, TaskEvent said) {
    return switch (event.type()) {
      case "earnest.task.created.v1" ->
          Announcement.notToCallback("task.created", false, brief(event));
      case "earnest.task.assigned.v1" -> assigned(said);
      case "earnest.task.redelivery_started.v1" ->
          Announcement.toAll("task.executing", dispute(said));
      case "earnest.task.delivered.v1" -> Announcement.toAll("task.delivered", delivered(said));
      case "earnest.task.review_resumed.v1" ->
          Announcement.toAll("task.delivered", json.createObjectNode());
      case "earnest.task.revision_requested.v1" ->
          Announcement.toAll("task.revision_requested", note(said));
      case "earnest.task.disputed.v1" -> Announcement.toAll("task.disputed", dispute(said));
      case "earnest.task.completed.v1" -> Announcement.toAll("task.completed", end(said));
      case "earnest.task.failed.v1" -> Announcement.toAll("task.failed", end(said));
      case "earnest.task.cancelled.v1" -> Announcement.toAll("task.cancelled", end(said));
      case "earnest.task.expired.v1" -> Announcement.toAll("task.expired", end(said));
      case "earnest.task.progressed.v1" -> updated(event, false, said.progress(json));
      case "earnest.task.input_requested.v1" ->
          updated(event, false, json.createObjectNode().put("question", said.question()));
      case "earnest.task.input_given.v1" ->
          updated(event, true, json.createObjectNode().put("input", said.message()));
      case "earnest.task.put_on_hold.v1",
          "earnest.task.resumed.v1",
          "earnest.task.dispute_refused.v1" ->
          updated(event, true, json.createObjectNode());
      case "earnest.task.updated.v1" -> updated(event, true, brief(event));
      case "earnest.task.proposal_made.v1",
          "earnest.task.proposal_withdrawn.v1",
          "earnest.task.proposal_declined.v1" ->
          onlyToBuyer(updated(event, false, json.createObjectNode()), said);
      case "earnest.task.state_reported.v1", "earnest.task.deleted.v1" -> null;
      default -> updated(event, false, reason(said));
    };
  }

  /// An agent that starts work is told how it came to it; the buyer that the task is executing.
  private Announcement assigned(TaskEvent said) {
    ObjectNode details = price(said).put("how", said.how());
    details.set("leaseUntil", said.leaseUntil());
    details.set("deadline", said.deadline());
    String how = "CLAIMED".equals(said.how()) ? "task.claimed" : "task.assigned";
    return new Announcement(
        "task.executing",
        how,
        List.of(how, "task.executing"),
        Announcement.everybody(),
        details,
        json.createObjectNode());
  }

  private static Announcement updated(Event event, boolean toAgent, ObjectNode details) {
    String what = Entries.type(event);
    details.put("change", what.substring(what.indexOf('.') + 1));
    return Announcement.notToCallback("task.updated", toAgent, details);
  }

  /// Who proposed is nobody else's business.
  private static Announcement onlyToBuyer(Announcement all, TaskEvent said) {
    return new Announcement(
        null,
        null,
        all.toSubscribers(),
        new Audience.Only(List.of(said.task().buyer())),
        all.ofTask(),
        all.beside());
  }

  private static ObjectNode brief(Event event) {
    return Briefs.of(event.as(JsonNode.class));
  }

  private ObjectNode note(TaskEvent said) {
    return json.createObjectNode().put("note", said.note());
  }

  private ObjectNode reason(TaskEvent said) {
    ObjectNode details = json.createObjectNode();
    return said.reason() == null ? details : details.put("reason", said.reason());
  }

  private ObjectNode price(TaskEvent said) {
    ObjectNode details = json.createObjectNode();
    details.set("price", said.price());
    return details.put("currency", said.currency());
  }

  private ObjectNode dispute(TaskEvent said) {
    return json.createObjectNode().put("disputeId", said.disputeId());
  }

  private ObjectNode delivered(TaskEvent said) {
    ObjectNode details = json.createObjectNode();
    if (said.delivery() != null) {
      details.set("delivery", said.delivery().shown(json));
    }
    return details;
  }

  private ObjectNode end(TaskEvent said) {
    ObjectNode details = price(said).put("reason", said.reason());
    details.setAll(delivered(said));
    return details;
  }
}
