package dev.earnest.messaging.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.messaging.domain.Agents;
import dev.earnest.messaging.domain.Agents.Agent;
import dev.earnest.messaging.domain.Message;
import dev.earnest.messaging.domain.Messages;
import dev.earnest.messaging.domain.TaskHead;
import dev.earnest.messaging.domain.TaskState;
import dev.earnest.messaging.domain.Timeline;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// All that an agent needs which comes back to a task.
@Path("/api/v1/tasks/{id}/context")
@RunOnVirtualThread
@RequiresScope(Scope.TASKS_READ)
public class ContextResource {
  private final CurrentCaller caller;
  private final VisibleTasks tasks;
  private final Timeline timeline;
  private final Agents agents;
  private final Messages messages;
  private final ObjectMapper json;

  ContextResource(
      CurrentCaller caller,
      VisibleTasks tasks,
      Timeline timeline,
      Agents agents,
      Messages messages,
      ObjectMapper json) {
    this.caller = caller;
    this.tasks = tasks;
    this.timeline = timeline;
    this.agents = agents;
    this.messages = messages;
    this.json = json;
  }

  /// @param task its brief and how it stands
  /// @param agent its public profile; null while nobody works on the task
  /// @param messages the newest 1,000, oldest first
  public record ContextAnswer(
      boolean success,
      JsonNode task,
      BuyerView buyer,
      @Nullable JsonNode agent,
      List<Message> messages) {}

  public record BuyerView(String account) {}

  /// Brief, parties and conversation of a task in one answer. 404 when it is not the caller's.
  @GET
  public ContextAnswer context(@PathParam("id") String id) {
    TaskHead head = tasks.get(id, caller.get());
    TaskState state = Objects.requireNonNull(head.state());
    UUID agent = state.agent();
    return new ContextAnswer(
        true,
        task(head, state),
        new BuyerView(state.buyer()),
        agent == null ? null : agents.find(agent).map(this::profile).orElse(null),
        messages.newest(head.id(), MessageResource.WHOLE));
  }

  /// What the buyer wrote when the task was made, and how it stands now.
  private ObjectNode task(TaskHead head, TaskState state) {
    ObjectNode task = json.createObjectNode().put("id", state.id().toString());
    timeline
        .first(state.id(), "task.created")
        .ifPresent(created -> {
          task.setAll(read(created.data()));
          task.set("createdAt", json.valueToTree(created.occurredAt()));
        });
    task.put("title", state.title());
    task.put("status", state.status());
    task.put("previousStatus", state.previousStatus());
    task.set("statusAt", json.valueToTree(head.statusAt()));
    task.put("attempt", state.attempt());
    task.put("agentId", state.agent() == null ? null : state.agent().toString());
    return task;
  }

  private JsonNode profile(Agent agent) {
    String profile = agent.profile();
    return profile == null
        ? json.createObjectNode().put("id", agent.id().toString()).put("name", agent.name())
        : read(profile);
  }

  private ObjectNode read(String text) {
    try {
      return (ObjectNode) json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored JSON is broken", e);
    }
  }
}
