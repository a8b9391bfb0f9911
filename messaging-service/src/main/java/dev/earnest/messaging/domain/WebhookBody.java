package dev.earnest.messaging.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.messaging.domain.Agents.Agent;
import dev.earnest.messaging.domain.WebhookQueue.Notice;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/// The body of a webhook: `{"type", "timestamp", "data": {"task": {…}, "agent": {…}}}`, for a task of
/// a team's board also `event` and `teamId`.
@ApplicationScoped
class WebhookBody {
  private final ObjectMapper json;

  WebhookBody(ObjectMapper json) {
    this.json = json;
  }

  String of(String type, Notice notice, @Nullable Agent agent) {
    ObjectNode body = json.createObjectNode();
    body.put("type", type);
    body.set("timestamp", json.valueToTree(notice.at()));
    String team = notice.state().team();
    if (team != null) {
      body.put("event", type);
      body.put("teamId", team);
    }
    ObjectNode data = body.putObject("data");
    data.set("task", task(notice));
    data.set("agent", agent(notice.state(), agent));
    return body.toString();
  }

  private ObjectNode task(Notice notice) {
    TaskState state = notice.state();
    ObjectNode task = json.createObjectNode();
    task.put("id", state.id().toString());
    task.put("title", state.title());
    task.put("status", state.status());
    task.put("previousStatus", state.previousStatus());
    task.put("agentId", state.agent() == null ? null : state.agent().toString());
    task.put("attempt", state.attempt());
    notice.announcement().details().properties().forEach(e -> task.set(e.getKey(), e.getValue()));
    return task;
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
}
