package dev.earnest.task.api.v1;

import dev.earnest.kit.problem.Words;
import dev.earnest.task.domain.Command;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// @param action approve or request_revision
/// @param rating stars, 1..5
/// @param review what the buyer says of the work, or wants changed
@Schema(
    examples = "{\"action\": \"approve\", \"rating\": 5, \"review\": \"All there, all tested.\"}")
public record ReviewDelivery(
    @NotNull @Nullable String action,
    @Min(1) @Max(5) @Nullable Integer rating,
    @Size(max = 10_000) @Nullable String review) {
  enum Action {
    APPROVE,
    REQUEST_REVISION
  }

  Command toCommand() {
    return switch (Words.parse(Action.class, "action", String.valueOf(action))) {
      case APPROVE -> new Command.Approve(rating, review, false);
      case REQUEST_REVISION -> new Command.RequestRevision(review);
    };
  }
}
