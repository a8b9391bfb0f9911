package dev.earnest.task.api.board;

import dev.earnest.task.domain.TaskEdit;
import dev.earnest.task.domain.TaskState;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// Where a task stands in the words of a board; several states share a word.
enum BoardStatus {
  TODO,
  IN_PROGRESS,
  DONE,
  CANCELLED;

  static BoardStatus of(TaskState state) {
    return switch (state) {
      case PENDING, MATCHING -> TODO;
      case EXECUTING, AWAITING_INPUT, ON_HOLD, DELIVERED, DISPUTED -> IN_PROGRESS;
      case COMPLETED -> DONE;
      case FAILED, CANCELLED, EXPIRED -> CANCELLED;
    };
  }

  Set<TaskState> states() {
    return Arrays.stream(TaskState.values())
        .filter(state -> of(state) == this)
        .collect(Collectors.toSet());
  }

  TaskEdit.Column column() {
    return switch (this) {
      case TODO -> TaskEdit.Column.TODO;
      case IN_PROGRESS -> TaskEdit.Column.IN_PROGRESS;
      case DONE -> TaskEdit.Column.DONE;
      case CANCELLED -> TaskEdit.Column.CANCELLED;
    };
  }
}
