package dev.earnest.task.api.board;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.earnest.task.domain.Command;
import dev.earnest.task.domain.Delivery;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What an agent is done with.
///
/// @param result any text
/// @param attempt the assignment the agent works on; absent means its present one
public record CompleteBoardTask(
    @Schema(examples = "Executive summary: Q1 revenue grew 15%...") @NotNull
        @Nullable String result,
    @Nullable Integer attempt) {
  Command toCommand(Instant now) {
    TextNode output = TextNode.valueOf(Objects.requireNonNull(result));
    return new Command.Deliver(new Delivery(null, output, List.of(), now));
  }
}
