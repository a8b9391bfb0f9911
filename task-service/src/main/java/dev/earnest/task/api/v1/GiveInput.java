package dev.earnest.task.api.v1;

import dev.earnest.task.domain.Command;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// @param message the buyer's answer
public record GiveInput(@NotBlank @Size(max = 10_000) @Nullable String message) {
  Command toCommand(String by) {
    return new Command.GiveInput(Objects.requireNonNull(message), by, null);
  }
}
