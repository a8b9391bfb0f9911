package dev.earnest.messaging.messaging;

import com.fasterxml.jackson.databind.JsonNode;
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
    @Nullable String disputeId) {

  @RegisterForReflection
  record Delivery(
      @Nullable String resultSummary,
      @Nullable JsonNode output,
      @Nullable List<JsonNode> artifacts,
      @Nullable String deliveredAt) {}
}
