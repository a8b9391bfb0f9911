package dev.earnest.task.api.queue;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.earnest.task.domain.TaskState;

/// Where a task stands, in the words of an agent's queue.
public enum QueueStatus {
  /// Waiting to start.
  @JsonProperty("queued")
  QUEUED,
  /// Currently executing; also while its buyer reviews it, or it is disputed.
  @JsonProperty("running")
  RUNNING,
  /// The agent asked something, or the work is on hold: a message lets it go on.
  @JsonProperty("awaiting_input")
  AWAITING_INPUT,
  @JsonProperty("completed")
  COMPLETED,
  /// It failed, or nobody started it in time.
  @JsonProperty("failed")
  FAILED,
  @JsonProperty("cancelled")
  CANCELLED;

  static QueueStatus of(TaskState state) {
    return switch (state) {
      case PENDING, MATCHING -> QUEUED;
      case EXECUTING, DELIVERED, DISPUTED -> RUNNING;
      case AWAITING_INPUT, ON_HOLD -> AWAITING_INPUT;
      case COMPLETED -> COMPLETED;
      case FAILED, EXPIRED -> FAILED;
      case CANCELLED -> CANCELLED;
    };
  }
}
