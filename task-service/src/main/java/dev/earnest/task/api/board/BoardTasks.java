package dev.earnest.task.api.board;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.kit.problem.Words;
import dev.earnest.task.domain.Board;
import dev.earnest.task.domain.Brief;
import dev.earnest.task.domain.Delivery;
import dev.earnest.task.domain.Task;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Shows tasks in the words of a board.
@ApplicationScoped
class BoardTasks {
  private final Board board;

  BoardTasks(Board board) {
    this.board = board;
  }

  BoardTask view(Task task) {
    return view(List.of(task)).getFirst();
  }

  List<BoardTask> view(List<Task> tasks) {
    Map<UUID, Delivery> results = board.results(tasks);
    return tasks.stream().map(task -> view(task, results.get(task.id()))).toList();
  }

  private static BoardTask view(Task task, @Nullable Delivery delivered) {
    Brief brief = task.brief();
    return new BoardTask(
        task.id(),
        brief.title(),
        brief.description().isEmpty() ? null : brief.description(),
        Words.lower(BoardStatus.of(task.state())),
        Words.lower(BoardPriority.of(brief.priority())),
        task.agentId(),
        task.sharing().projectId(),
        delivered == null ? null : result(delivered),
        task.createdAt(),
        task.updatedAt(),
        task.sharing().team(),
        task.reason());
  }

  private static @Nullable String result(Delivery delivered) {
    JsonNode output = delivered.output();
    if (output == null) {
      return delivered.resultSummary();
    }
    return output.isTextual() ? output.textValue() : output.toString();
  }
}
