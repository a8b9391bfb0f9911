package dev.earnest.task.api.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A task in an agent's queue. What there is nothing to say of is left out.
///
/// @param agentId who works on it; another than in the address once it was given to another
/// @param message what was submitted
/// @param priority 1..10, as it was submitted; of tasks from elsewhere: 2, 5, 8 or 10
/// @param startedAt null while queued
/// @param progress percent, 0..100; 0 while the agent has reported none
/// @param progressMessage what the agent said with it
/// @param estimatedStart while queued: when it is going to start
/// @param question while awaiting_input: what the agent asked, if it did
/// @param completedAt once completed
/// @param finishedAt once it is over, however it ended
/// @param result once completed: the agent's output, any JSON; its summary where there is none
/// @param artifacts once completed: what else was delivered, by its addresses
/// @param error why it failed: what the agent said, or a word such as timeout
/// @param reason why it failed or was cancelled
/// @param timeoutOverride seconds, where it was submitted
/// @param metadata for the buyer only, as webhookUrl
/// @param callbackMode poll or webhook
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QueueTask(
    UUID taskId,
    @Nullable UUID agentId,
    QueueStatus status,
    String message,
    int priority,
    Instant createdAt,
    @JsonInclude @Nullable Instant startedAt,
    int progress,
    @Nullable String progressMessage,
    @Nullable String stage,
    @Nullable Instant estimatedStart,
    @Nullable String question,
    @Nullable Instant completedAt,
    @Nullable Instant finishedAt,
    @Schema(type = SchemaType.OBJECT) @Nullable JsonNode result,
    @Nullable List<QueueArtifact> artifacts,
    @Nullable String error,
    @Nullable String reason,
    @Nullable Integer timeoutOverride,
    @Schema(type = SchemaType.OBJECT) @Nullable JsonNode metadata,
    String callbackMode,
    @Nullable String webhookUrl,
    String pollUrl,
    String cancelUrl) {

  /// @param type what kind of thing it is, such as CODE
  public record QueueArtifact(
      String type, String title, @Nullable String url, @Nullable String description) {}
}
