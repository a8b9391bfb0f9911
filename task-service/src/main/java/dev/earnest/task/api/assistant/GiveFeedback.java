package dev.earnest.task.api.assistant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.task.domain.Labels;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What somebody thinks of a task's result. The member must be there: null takes feedback back, as
/// does the word.
///
/// @param status like, dislike or null
@Schema(name = "GiveFeedback", requiredProperties = "status")
public record GiveFeedback(
    @Schema(
            enumeration = {"like", "dislike"},
            nullable = true)
        @Nullable String status) {

  /// @throws Refusal 400 for a body without the member, or another word
  static Labels.@Nullable Feedback read(ObjectNode body) {
    @Nullable JsonNode status = body.get("status");
    if (status == null) {
      throw Refusal.invalid("status", "is required: like, dislike or null");
    }
    return status.isNull() || "null".equals(status.textValue())
        ? null
        : Arrays.stream(Labels.Feedback.values())
            .filter(known -> known.name().equalsIgnoreCase(status.textValue()))
            .findFirst()
            .orElseThrow(() -> Refusal.invalid("status", "must be like, dislike or null"));
  }
}
