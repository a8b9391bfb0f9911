package dev.earnest.task.domain;

/// Where a task stands. A task is in exactly one state; [Lifecycle] says what may follow what.
public enum TaskState {
  PENDING,
  MATCHING,
  EXECUTING,
  AWAITING_INPUT,
  ON_HOLD,
  DELIVERED,
  DISPUTED,
  COMPLETED,
  FAILED,
  CANCELLED,
  EXPIRED;

  /// Nothing follows a final state.
  public boolean isFinal() {
    return switch (this) {
      case COMPLETED, FAILED, CANCELLED, EXPIRED -> true;
      case PENDING, MATCHING, EXECUTING, AWAITING_INPUT, ON_HOLD, DELIVERED, DISPUTED -> false;
    };
  }

  /// Whether a task in this state takes one of its agent's places (`maxConcurrent`).
  public boolean takesRoom() {
    return this == EXECUTING || this == AWAITING_INPUT || this == ON_HOLD;
  }
}
