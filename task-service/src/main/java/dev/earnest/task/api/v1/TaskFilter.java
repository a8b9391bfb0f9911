package dev.earnest.task.api.v1;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.problem.Words;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.Role;
import dev.earnest.task.domain.Category;
import dev.earnest.task.domain.Priority;
import dev.earnest.task.domain.TaskQuery;
import dev.earnest.task.domain.TaskState;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a list of tasks is narrowed down by.
public class TaskFilter {
  private static final int MAX_SEARCH = 200;

  /// States in any case, one or several with commas.
  @QueryParam("status")
  @Nullable String status;

  @QueryParam("agent_id")
  @Nullable String agentIdInSnakeCase;

  @QueryParam("agentId")
  @Nullable String agentId;

  @QueryParam("category")
  @Nullable String category;

  @QueryParam("priority")
  @Nullable String priority;

  /// Words of title and description: all of them, "together" in quotes, -without.
  @QueryParam("search")
  @Nullable String search;

  /// buyer, agent or open; both parts of the caller if absent.
  @QueryParam("view")
  @Nullable String view;

  TaskQuery toQuery(Caller caller) {
    TaskQuery.View shown = Words.parse(TaskQuery.View.class, "view", view, TaskQuery.View.PARTY);
    if (shown == TaskQuery.View.TEAM || shown == TaskQuery.View.SHARED) {
      throw Refusal.invalid("view", "must be party, buyer, agent or open");
    }
    if (shown == TaskQuery.View.OPEN) {
      caller.require(Role.AGENT);
    }
    @Nullable String agent = agentId == null ? agentIdInSnakeCase : agentId;
    return new TaskQuery(
        caller.account(),
        shown,
        states(),
        agent == null ? null : Ids.parseField("agent_id", agent),
        category == null ? null : Words.parse(Category.class, "category", category),
        priority == null ? null : Words.parse(Priority.class, "priority", priority),
        search(search),
        caller.apiKey() == null ? null : caller.apiKey().team(),
        null,
        null,
        null);
  }

  private Set<TaskState> states() {
    return status == null
        ? Set.of()
        : Arrays.stream(status.split(",", -1))
            .map(word -> Words.parse(TaskState.class, "status", word.strip()))
            .collect(Collectors.toSet());
  }

  static @Nullable String search(@Nullable String words) {
    if (words == null || words.isBlank()) {
      return null;
    }
    if (words.length() > MAX_SEARCH) {
      throw Refusal.invalid("search", "must not be over " + MAX_SEARCH + " characters");
    }
    return words;
  }
}
