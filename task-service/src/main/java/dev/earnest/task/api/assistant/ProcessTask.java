package dev.earnest.task.api.assistant;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.kit.problem.Refusal;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What the agent gets besides the task.
///
/// @param message at most 10,000 characters
/// @param files texts (addresses, say) or objects, at most 50, and at most 20,000 characters of JSON
@Schema(name = "ProcessAssistantTask")
public record ProcessTask(
    @Size(max = 10_000) @Nullable String message,
    @Schema(type = SchemaType.ARRAY) @Nullable JsonNode files) {
  static final ProcessTask NOTHING = new ProcessTask(null, null);

  private static final String FILES = "files";
  private static final int MOST_FILES = 50;
  private static final int MAX_FILES_CHARACTERS = 20_000;

  @Nullable String said() {
    return message == null || message.isBlank() ? null : message;
  }

  /// Null where there are none.
  ///
  /// @throws Refusal 400
  @Nullable JsonNode attached() {
    if (files == null || files.isNull()) {
      return null;
    }
    if (!files.isArray()) {
      throw Refusal.invalid(FILES, "must be an array");
    }
    if (files.size() > MOST_FILES) {
      throw Refusal.invalid(FILES, "must not be over " + MOST_FILES);
    }
    for (JsonNode file : files) {
      if (!file.isTextual() && !file.isObject()) {
        throw Refusal.invalid(FILES, "must be texts or objects");
      }
    }
    if (files.toString().length() > MAX_FILES_CHARACTERS) {
      throw Refusal.invalid(
          FILES, "must not be over " + MAX_FILES_CHARACTERS + " characters of JSON");
    }
    return files.isEmpty() ? null : files;
  }
}
