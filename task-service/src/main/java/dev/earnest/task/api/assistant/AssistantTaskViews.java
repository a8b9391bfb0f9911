package dev.earnest.task.api.assistant;

import dev.earnest.kit.problem.Words;
import dev.earnest.task.domain.Labels;
import dev.earnest.task.domain.Task;
import dev.earnest.task.domain.TaskHistory;
import dev.earnest.task.domain.TaskState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Shows tasks in this door's words.
final class AssistantTaskViews {
  private AssistantTaskViews() {}

  /// As those whom it concerns see it.
  static AssistantTask whole(Task task, TaskHistory history) {
    return view(
        task,
        ownerEmail(task),
        task.sharing().assignees(),
        task.sharing().followers(),
        history.activities().stream().map(TaskActivity::of).flatMap(Optional::stream).toList(),
        history.executions().stream().map(run -> TaskRun.of(task, run)).toList());
  }

  /// As agents see it that could take it: without its people and what they said.
  static AssistantTask offered(Task task) {
    return view(task, task.buyer(), List.of(), List.of(), List.of(), List.of());
  }

  private static AssistantTask view(
      Task task,
      String ownerEmail,
      List<String> assignees,
      List<String> followers,
      List<TaskActivity> activities,
      List<TaskRun> executions) {
    Labels.@Nullable Feedback feedback = task.labels().feedback();
    return new AssistantTask(
        task.id(),
        task.buyer(),
        task.brief().title(),
        task.brief().description(),
        task.agentId(),
        task.labels().type(),
        AssistantStatus.word(task.state()),
        ownerEmail,
        assignees,
        followers,
        task.brief().requiredSkills(),
        feedback == null ? null : Words.lower(feedback),
        task.state() == TaskState.COMPLETED ? null : task.reason(),
        activities,
        executions,
        task.createdAt(),
        task.updatedAt());
  }

  static AssistantTaskPage page(List<Task> tasks, long page, int perPage, long total) {
    return new AssistantTaskPage(
        tasks.stream().map(AssistantTaskViews::item).toList(),
        new AssistantTaskPage.Pagination(page, perPage, total));
  }

  private static AssistantTaskPage.Item item(Task task) {
    return new AssistantTaskPage.Item(
        task.id(),
        task.brief().title(),
        AssistantStatus.word(task.state()),
        task.labels().type(),
        task.agentId(),
        ownerEmail(task),
        task.sharing().assignees(),
        task.sharing().followers(),
        task.brief().requiredSkills(),
        task.createdAt(),
        task.updatedAt());
  }

  private static String ownerEmail(Task task) {
    @Nullable String email = task.sharing().ownerEmail();
    return email == null ? task.buyer() : email;
  }
}
