package dev.earnest.task.api.queue;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What an agent shall do.
///
/// @param message the task's description and instructions
/// @param priority 1..10, 5 if absent: what has a higher one starts before
/// @param timeoutOverride seconds, up to a year: how long the agent may take, and how long the task
///     waits for it before; 7 days if absent
/// @param metadata the buyer's own keys and values; given back to nobody else
/// @param callbackMode poll (default), or webhook: the result is sent to the webhook_url as well
/// @param webhookUrl required with webhook, else ignored
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record SubmitTask(
    @NotBlank @Size(max = 20_000) @Nullable String message,
    @Min(1) @Max(10) @Nullable Integer priority,
    @JsonAlias("timeoutOverride") @Schema(minimum = "1", maximum = "31536000")
        @Nullable Integer timeoutOverride,
    @Schema(type = SchemaType.OBJECT) @Nullable JsonNode metadata,
    @JsonAlias("callbackMode") @Schema(enumeration = {"poll", "webhook"})
        @Nullable String callbackMode,
    @JsonAlias("webhookUrl") @Schema(maxLength = 2000) @Nullable String webhookUrl) {

  /// How the result is delivered.
  enum CallbackMode {
    POLL,
    WEBHOOK
  }
}
