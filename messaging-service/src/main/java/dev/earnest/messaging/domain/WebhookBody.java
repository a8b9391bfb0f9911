package dev.earnest.messaging.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.messaging.domain.Agents.Agent;
import dev.earnest.messaging.domain.WebhookRecipients.Notice;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The body of a webhook: `{"type", "timestamp", "data": {"task": {…}, "agent": {…}}}`, with
/// `payment` or `message` in `data` where it is about one.
///
/// For a task of a team's board there are also `event` and `teamId`, and `task` speaks the board's
/// words: `status` is todo, in_progress, done or cancelled, `state` is what the task is here. A
/// task's callback URL may belong to a client of the agent queue, so `data` also holds what that
/// queue answers: `task_id`, `status` in its words, `result`, `error`, `completed_at`.
@ApplicationScoped
class WebhookBody {
  private final ObjectMapper json;

  WebhookBody(ObjectMapper json) {
    this.json = json;
  }

  String of(String type, Notice notice, @Nullable Agent agent, boolean forCallback) {
    ObjectNode body = envelope(type, notice.at());
    TaskState state = notice.state();
    if (state != null && state.team() != null) {
      body.put("event", type);
      body.put("teamId", state.team());
    }
    ObjectNode data = body.putObject("data");
    data.set("task", state == null ? unknownTask(notice) : task(state, notice));
    data.set("agent", state == null ? json.nullNode() : agent(state, agent));
    data.setAll(notice.announcement().beside());
    if (forCallback && state != null) {
      queueAnswer(data, state, notice);
    }
    return body.toString();
  }

  /// What a test of an endpoint says.
  String test(UUID endpoint, Instant at) {
    ObjectNode body = envelope(WebhookEvents.TEST, at);
    ObjectNode data = body.putObject("data");
    data.put("webhookId", endpoint.toString());
    data.putNull("task");
    data.putNull("agent");
    return body.toString();
  }

  private ObjectNode envelope(String type, Instant at) {
    ObjectNode body = json.createObjectNode();
    body.put("type", type);
    body.set("timestamp", json.valueToTree(at));
    return body;
  }

  /// Of what another service says of a task before this one has heard of it.
  private ObjectNode unknownTask(Notice notice) {
    ObjectNode task = json.createObjectNode();
    task.put("id", notice.task().toString());
    task.setAll(notice.announcement().ofTask());
    return task;
  }

  private ObjectNode task(TaskState state, Notice notice) {
    ObjectNode details = notice.announcement().ofTask();
    ObjectNode task = json.createObjectNode();
    task.put("id", state.id().toString());
    task.put("title", state.title());
    if (state.team() == null) {
      task.put("status", state.status());
      task.put("previousStatus", state.previousStatus());
    } else {
      String previous = state.previousStatus();
      task.put("status", DoorWords.board(state.status()));
      task.put("previousStatus", previous == null ? null : DoorWords.board(previous));
      task.put("state", state.status());
      task.put("assignedAgentId", text(state.agent()));
      task.set("result", result(details));
    }
    task.put("agentId", text(state.agent()));
    task.put("attempt", state.attempt());
    task.setAll(details);
    return task;
  }

  private void queueAnswer(ObjectNode data, TaskState state, Notice notice) {
    ObjectNode details = notice.announcement().ofTask();
    data.put("task_id", state.id().toString());
    data.put("status", DoorWords.queue(state.status()));
    data.set("result", result(details));
    if (!state.status().equals("COMPLETED")) {
      data.put("error", details.path("reason").textValue());
    }
    if (TaskHead.isFinal(state)) {
      data.set("completed_at", json.valueToTree(notice.at()));
    }
  }

  /// What the agent answered, where the event tells it: its output, else its summary.
  private JsonNode result(ObjectNode details) {
    JsonNode output = details.path("delivery").path("output");
    JsonNode found =
        output.isMissingNode() || output.isNull()
            ? details.path("delivery").path("resultSummary")
            : output;
    return found.isMissingNode() ? json.nullNode() : found;
  }

  private JsonNode agent(TaskState state, @Nullable Agent agent) {
    if (state.agent() == null) {
      return json.nullNode();
    }
    ObjectNode shown = json.createObjectNode();
    shown.put("id", state.agent().toString());
    shown.put("name", agent == null ? null : agent.name());
    return shown;
  }

  private static @Nullable String text(@Nullable UUID id) {
    return id == null ? null : id.toString();
  }
}
