package dev.earnest.messaging.domain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.messaging.domain.Inboxes.Letter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an agent's program is told of its tasks: events named as in the timeline, with
/// `{type, timestamp, data: {task}}`, and `message.created` with the buyer's message beside the task.
@ApplicationScoped
class AgentInbox {
  /// What the agent itself says again and again.
  private static final Set<String> NOT_TOLD = Set.of("task.progressed");

  private final ObjectMapper json;

  AgentInbox(ObjectMapper json) {
    this.json = json;
  }

  Stream<Letter> letters(Told told) {
    Heard heard = told.heard();
    @Nullable UUID agent = agent(told.after());
    @Nullable UUID former = agent(told.before());
    Stream.Builder<Letter> letters = Stream.builder();
    if (former != null && !former.equals(agent)) {
      letters.add(letter(former, "task.unassigned", told, task(told)));
    }
    if (agent == null) {
      return letters.build();
    }
    if (heard.said() != null && heard.said().message().senderRole() == SenderRole.BUYER) {
      ObjectNode data = task(told);
      data.set("message", json.valueToTree(heard.said().message()));
      letters.add(letter(agent, "message.created", told, data));
    }
    if (heard.state() != null && !NOT_TOLD.contains(heard.type())) {
      ObjectNode data = task(told);
      data.withObject("/task").setAll((ObjectNode) heard.data());
      letters.add(letter(agent, heard.type(), told, data));
    }
    return letters.build();
  }

  private static @Nullable UUID agent(TaskHead head) {
    return head.state() == null ? null : head.state().agent();
  }

  private ObjectNode task(Told told) {
    ObjectNode data = json.createObjectNode();
    ObjectNode task = data.putObject("task").put("id", told.heard().task().toString());
    if (told.after().state() != null) {
      task.put("title", told.after().state().title());
    }
    return data;
  }

  private Letter letter(UUID agent, String type, Told told, ObjectNode data) {
    ObjectNode body = json.createObjectNode().put("type", type);
    body.set("timestamp", json.valueToTree(told.heard().at()));
    body.set("data", data);
    return new Letter(Channel.agent(agent), type, body.toString());
  }
}
