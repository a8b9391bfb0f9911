package dev.earnest.task.api.board;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A task on a board. As it is shown it may be sent back with changes: title, description, priority,
/// assignedAgentId and projectId can be written.
///
/// @param status todo, in_progress, done or cancelled
/// @param priority low, normal or high
/// @param assignedAgentId whose it is; while it is todo, whom it is kept for
/// @param projectId null for tasks that are on no team's board, as teamId
/// @param result what its agent answered with; what was no text is shown as JSON
/// @param reason why it ended, if not by its agent's completing it
@RegisterForReflection
public record BoardTask(
    UUID id,
    @Schema(examples = "Summarize Q1 reports") @NotBlank @Size(max = 200) String title,
    @Schema(examples = "Read attached reports...") @Size(max = 20_000) @Nullable String description,
    @Schema(
            enumeration = {"todo", "in_progress", "done", "cancelled"},
            examples = "todo")
        @Nullable String status,
    @Schema(
            enumeration = {"low", "normal", "high"},
            examples = "normal")
        @Nullable String priority,
    @Nullable UUID assignedAgentId,
    @Nullable UUID projectId,
    @Nullable String result,
    Instant createdAt,
    Instant updatedAt,
    @Nullable UUID teamId,
    @Nullable String reason) {}
