package dev.earnest.messaging.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.messaging.domain.TaskState;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What this service reads of events on task.events: the task, which all of them have, and what is
/// special to some.
///
/// @param messageId set when input came as a message, which is written down already
/// @param reason why the task ended or was released
/// @param note what the buyer wants changed
/// @param how how the agent came to it
/// @param disputeId the dispute that a ruling or a freeze belongs to
@RegisterForReflection
record TaskEvent(
    TaskState task,
    @Nullable JsonNode progress,
    @Nullable String message,
    @Nullable String stage,
    @Nullable String question,
    @Nullable String by,
    @Nullable UUID messageId,
    @Nullable Delivery delivery,
    @Nullable String reason,
    @Nullable String note,
    @Nullable JsonNode price,
    @Nullable String currency,
    @Nullable String disputeId,
    @Nullable String how,
    @Nullable JsonNode leaseUntil,
    @Nullable JsonNode deadline) {

  /// As streams and webhooks tell it.
  ObjectNode progress(ObjectMapper json) {
    ObjectNode data = json.createObjectNode();
    data.set("progress", progress);
    data.put("message", message);
    data.put("stage", stage);
    return data;
  }

  @RegisterForReflection
  record Delivery(
      @Nullable String resultSummary,
      @Nullable JsonNode output,
      @Nullable List<JsonNode> artifacts,
      @Nullable String deliveredAt) {

    /// As streams and webhooks tell it.
    ObjectNode shown(ObjectMapper json) {
      ObjectNode data = json.createObjectNode();
      data.put("resultSummary", resultSummary);
      data.set("artifacts", json.valueToTree(artifacts));
      if (output != null && !output.isNull()) {
        data.set("output", output);
      }
      data.put("deliveredAt", deliveredAt);
      return data;
    }
  }
}
