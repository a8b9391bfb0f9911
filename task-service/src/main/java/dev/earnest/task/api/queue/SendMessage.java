package dev.earnest.task.api.queue;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// @param message the answer to what the agent asked, or more about the task
public record SendMessage(@NotBlank @Size(max = 10_000) @Nullable String message) {
  String text() {
    return Objects.requireNonNull(message);
  }
}
