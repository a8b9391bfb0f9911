package dev.earnest.task.api.assistant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.earnest.task.domain.TaskHistory;
import dev.earnest.task.domain.TaskState;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// One thing that happened to a task. Which members there are depends on the type.
///
/// @param type status_change, message, assignment or feedback
/// @param from of a status change, as `to`
/// @param message what was said
/// @param by the account that said it
/// @param files what went with the message: texts and objects
/// @param assistant the agent that was assigned, null when it was taken away
/// @param assignedUsers who was assigned, as `followers`
/// @param feedback like, dislike, or null when it was taken back
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "AssistantTaskActivity")
public record TaskActivity(
    String type,
    @Nullable String from,
    @Nullable String to,
    @Schema(implementation = String.class) @Nullable JsonNode message,
    @Schema(implementation = String.class) @Nullable JsonNode by,
    @Nullable JsonNode files,
    @Schema(implementation = String.class) @Nullable JsonNode assistant,
    @Schema(type = SchemaType.ARRAY, implementation = String.class)
        @Nullable JsonNode assignedUsers,
    @Schema(type = SchemaType.ARRAY, implementation = String.class) @Nullable JsonNode followers,
    @Schema(implementation = String.class) @Nullable JsonNode feedback,
    Instant timestamp) {

  /// Nothing where the status stayed the same for readers of this door.
  static Optional<TaskActivity> of(TaskHistory.Happening one) {
    JsonNode data = one.data();
    @Nullable String from = status(data.get("from"));
    @Nullable String to = status(data.get("to"));
    return from != null && from.equals(to)
        ? Optional.empty()
        : Optional.of(
            new TaskActivity(
                one.type(),
                from,
                to,
                data.get("message"),
                data.get("by"),
                data.get("files"),
                data.get("agent"),
                data.get("assignedUsers"),
                data.get("followers"),
                lower(data.get("feedback")),
                one.at()));
  }

  private static @Nullable String status(@Nullable JsonNode state) {
    return state == null ? null : AssistantStatus.word(TaskState.valueOf(state.textValue()));
  }

  private static @Nullable JsonNode lower(@Nullable JsonNode word) {
    return word == null || word.isNull()
        ? word
        : TextNode.valueOf(word.textValue().toLowerCase(Locale.ROOT));
  }
}
