package dev.earnest.task.api.board;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.task.domain.Brief;
import dev.earnest.task.domain.Task;
import dev.earnest.task.domain.TaskEdit;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads what a change of a task wants.
@ApplicationScoped
class BoardEdits {
  private final BoardTasks views;
  private final Patches patches;

  BoardEdits(BoardTasks views, Patches patches) {
    this.views = views;
    this.patches = patches;
  }

  /// @throws Refusal 400 for a field that makes no sense or cannot be written
  TaskEdit read(Task task, ObjectNode changes) {
    Patches.Merged<BoardTask> merged = patches.merge(views.view(task), changes, BoardTask.class);
    BoardTask shown = merged.shown();
    BoardTask wanted = merged.wanted();
    assertReadOnly(shown, wanted);
    Brief brief = task.brief();
    boolean samePriority =
        wanted.priority() != null && wanted.priority().equalsIgnoreCase(shown.priority());
    return new TaskEdit(
        new Brief(
            wanted.title(),
            wanted.description() == null ? "" : wanted.description(),
            brief.category(),
            brief.capability(),
            brief.requirements(),
            brief.requiredSkills(),
            brief.metadata(),
            samePriority ? brief.priority() : BoardPriority.parse(wanted.priority())),
        wanted.projectId(),
        task.labels().type(),
        wanted.assignedAgentId(),
        task.sharing().followers(),
        null);
  }

  /// What is not to be written may be sent back as it was.
  private static void assertReadOnly(BoardTask shown, BoardTask wanted) {
    boolean sameStatus =
        wanted.status() != null && wanted.status().equalsIgnoreCase(shown.status());
    if (!sameStatus) {
      throw Refusal.invalid("status", "is not written: move the task");
    }
    same("id", shown.id(), wanted.id());
    same("result", shown.result(), wanted.result());
    same("createdAt", shown.createdAt(), wanted.createdAt());
    same("updatedAt", shown.updatedAt(), wanted.updatedAt());
    same("teamId", shown.teamId(), wanted.teamId());
    same("reason", shown.reason(), wanted.reason());
  }

  private static void same(String field, @Nullable Object shown, @Nullable Object wanted) {
    if (!Objects.equals(shown, wanted)) {
      throw Refusal.invalid(field, "cannot be changed");
    }
  }
}
