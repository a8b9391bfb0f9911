package dev.earnest.task.api.v1;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.task.domain.Command;
import dev.earnest.task.domain.Delivery;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The body of a completion.
///
/// @param output the result: any JSON but null
/// @param resultSummary what was done, in words
/// @param attempt the assignment the agent works on; absent means its present one
@Schema(examples = "{\"output\": \"result payload\"}")
public record CompleteTask(
    @Nullable JsonNode output,
    @JsonAlias("result_summary") @Size(max = 20_000) @Nullable String resultSummary,
    @Nullable Integer attempt) {

  Command toCommand(Instant now) {
    if (output == null || output.isNull()) {
      throw Refusal.invalid("output", "is required");
    }
    return new Command.Deliver(new Delivery(resultSummary, output, List.of(), now));
  }
}
