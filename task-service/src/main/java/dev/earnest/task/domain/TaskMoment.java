package dev.earnest.task.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who worked on a task just before a command changed it; null where nobody did.
record TaskMoment(
    UUID taskId,
    TaskState state,
    int attempt,
    UUID agentId,
    String agentAccount,
    Hiring hiring,
    Instant assignedAt) {

  static @Nullable TaskMoment of(Task task) {
    if (task.agentId == null
        || task.agentAccount == null
        || task.hiring == null
        || task.assignedAt == null) {
      return null;
    }
    return new TaskMoment(
        task.id,
        task.state,
        task.attempt,
        task.agentId,
        task.agentAccount,
        task.hiring,
        task.assignedAt);
  }

  /// Whether this attempt is over in the task's new state. What was over before is not over again:
  /// an ended task may still be shared, or get feedback.
  boolean isOver(Task now) {
    return !state.isFinal()
        && (now.state.isFinal() || !agentId.equals(now.agentId) || attempt != now.attempt);
  }
}
