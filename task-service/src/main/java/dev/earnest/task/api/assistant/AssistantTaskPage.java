package dev.earnest.task.api.assistant;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A page of tasks, newest first.
@Schema(name = "AssistantTaskPage")
public record AssistantTaskPage(List<Item> data, Pagination pagination) {

  /// A task as lists show it: without its description and its history.
  @Schema(name = "AssistantTaskItem")
  public record Item(
      UUID id,
      String title,
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
      @Nullable String type,
      @Nullable UUID assistant,
      String ownerEmail,
      List<String> assignedUsers,
      List<String> followers,
      List<String> skills,
      Instant createdAt,
      Instant updatedAt) {}

  /// @param page counted from 1
  /// @param total how many tasks there are on all pages
  @Schema(name = "AssistantTaskPagination")
  public record Pagination(long page, int perPage, long total) {}
}
