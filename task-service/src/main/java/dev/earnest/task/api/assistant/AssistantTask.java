package dev.earnest.task.api.assistant;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A task with its whole history.
///
/// @param account whose it is
/// @param assistant the agent that works on it; null where none does yet
/// @param type the word that it is sorted by, null where it has none
/// @param status pending, in_progress, completed, failed, on_hold or needs_clarification
/// @param ownerEmail of whoever made it, by a verified address; else their account
/// @param assignedUsers e-mail addresses in lower case, as `followers`; all of them may read it
/// @param skills what the agent may use
/// @param feedback like, dislike or null
/// @param reason why it failed or was ended; absent otherwise
/// @param activities what happened to it, oldest first
/// @param executions each time that an agent worked on it, oldest first
/// @param createdAt ISO 8601, UTC
@Schema(name = "AssistantTask")
public record AssistantTask(
    UUID id,
    @Schema(examples = "acc_org789") String account,
    @Schema(examples = "Schedule Q2 planning meeting") String title,
    @Schema(examples = "Find a 90-minute slot next week that works for the leadership team.")
        String description,
    @Nullable UUID assistant,
    @Schema(examples = "scheduling") @Nullable String type,
    @Schema(
            enumeration = {
              "pending",
              "in_progress",
              "completed",
              "failed",
              "on_hold",
              "needs_clarification"
            })
        String status,
    @Schema(examples = "jane@example.com") String ownerEmail,
    List<String> assignedUsers,
    List<String> followers,
    List<String> skills,
    @Schema(enumeration = {"like", "dislike"}) @Nullable String feedback,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
    List<TaskActivity> activities,
    List<TaskRun> executions,
    Instant createdAt,
    Instant updatedAt) {}
