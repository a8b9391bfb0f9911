package dev.earnest.task.api.board;

import dev.earnest.kit.problem.Words;
import dev.earnest.task.domain.TaskEdit;
import jakarta.validation.constraints.NotBlank;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Where a task is put.
///
/// @param status todo, in_progress, done or cancelled
public record MoveBoardTask(
    @Schema(
            enumeration = {"todo", "in_progress", "done", "cancelled"},
            examples = "cancelled")
        @NotBlank
        @Nullable String status) {
  TaskEdit.Column column() {
    return Words.parse(BoardStatus.class, "status", Objects.requireNonNull(status)).column();
  }
}
