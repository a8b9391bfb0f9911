package dev.earnest.task.api.v1;

import dev.earnest.task.domain.Command;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// @param question what the agent needs to know
/// @param attempt the assignment the agent works on; absent means its present one
public record RequestInput(
    @NotBlank @Size(max = 10_000) @Nullable String question, @Nullable Integer attempt) {

  Command toCommand() {
    return new Command.RequestInput(Objects.requireNonNull(question));
  }
}
