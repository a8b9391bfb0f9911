package dev.earnest.task.api.v1;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.earnest.task.domain.Command;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// @param errorReason why the agent gives up; shown to the buyer as the task's reason
/// @param attempt the assignment the agent works on; absent means its present one
@Schema(examples = "{\"error_reason\": \"The repository cannot be reached.\"}")
public record FailTask(
    @JsonAlias("error_reason") @NotBlank @Size(max = 10_000) @Nullable String errorReason,
    @Nullable Integer attempt) {

  Command toCommand() {
    return new Command.Fail(Objects.requireNonNull(errorReason));
  }
}
