package dev.earnest.task.domain;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a task shall be like. Whatever is so already changes nothing.
///
/// @param projectId one of its team's projects
/// @param type the label
/// @param agentId whom unclaimed work is kept for; null is whoever claims it
/// @param followers e-mail addresses in lower case
/// @param moveTo where to move it, null to leave it where it is
public record TaskEdit(
    Brief brief,
    @Nullable UUID projectId,
    @Nullable String type,
    @Nullable UUID agentId,
    List<String> followers,
    @Nullable Column moveTo) {
  /// Where people put a task by hand.
  public enum Column {
    TODO,
    IN_PROGRESS,
    WAITING,
    ON_HOLD,
    DONE,
    CANCELLED
  }

  /// What changes nothing.
  public static TaskEdit of(Task task) {
    return new TaskEdit(
        task.brief(),
        task.sharing().projectId(),
        task.labels().type(),
        task.agentId(),
        task.sharing().followers(),
        null);
  }

  public TaskEdit to(@Nullable Column column) {
    return new TaskEdit(brief, projectId, type, agentId, followers, column);
  }
}
