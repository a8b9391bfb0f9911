package dev.earnest.task.api.assistant;

import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.problem.Words;
import dev.earnest.task.domain.TaskEdit;
import dev.earnest.task.domain.TaskState;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where a task stands, in this door's words; written in lower case.
enum AssistantStatus {
  PENDING(TaskEdit.Column.TODO),
  IN_PROGRESS(TaskEdit.Column.IN_PROGRESS),
  COMPLETED(TaskEdit.Column.DONE),
  FAILED(TaskEdit.Column.CANCELLED),
  ON_HOLD(TaskEdit.Column.ON_HOLD),
  NEEDS_CLARIFICATION(TaskEdit.Column.WAITING);

  private final TaskEdit.Column column;

  AssistantStatus(TaskEdit.Column column) {
    this.column = column;
  }

  static AssistantStatus of(TaskState state) {
    return switch (state) {
      case PENDING, MATCHING -> PENDING;
      case EXECUTING, DELIVERED, DISPUTED -> IN_PROGRESS;
      case AWAITING_INPUT -> NEEDS_CLARIFICATION;
      case TaskState.ON_HOLD -> ON_HOLD;
      case TaskState.COMPLETED -> COMPLETED;
      case TaskState.FAILED, CANCELLED, EXPIRED -> FAILED;
    };
  }

  /// In any case.
  ///
  /// @throws Refusal 400 that names the words there are
  static AssistantStatus parse(String word) {
    return Arrays.stream(values())
        .filter(known -> known.name().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(() ->
            Refusal.invalid(
                "status",
                "must be one of "
                    + Arrays.stream(values())
                        .map(AssistantStatus::word)
                        .collect(Collectors.joining(", "))));
  }

  static String word(TaskState state) {
    return of(state).word();
  }

  String word() {
    return Words.lower(this);
  }

  Stream<TaskState> states() {
    return Arrays.stream(TaskState.values()).filter(state -> of(state) == this);
  }

  /// Where a task is moved that shall have this status.
  TaskEdit.Column column() {
    return column;
  }
}
