package dev.earnest.task.api.board;

import dev.earnest.kit.problem.Words;
import dev.earnest.task.domain.Priority;
import org.jspecify.annotations.Nullable;

/// How urgent a task is in the words of a board, which knows nothing above high.
enum BoardPriority {
  LOW(Priority.LOW),
  NORMAL(Priority.NORMAL),
  HIGH(Priority.HIGH);

  private final Priority here;

  BoardPriority(Priority here) {
    this.here = here;
  }

  static BoardPriority of(Priority priority) {
    return switch (priority) {
      case LOW -> LOW;
      case NORMAL -> NORMAL;
      case HIGH, URGENT -> HIGH;
    };
  }

  /// @param word absent is normal
  static Priority parse(@Nullable String word) {
    return Words.parse(BoardPriority.class, "priority", word, NORMAL).here;
  }
}
