package dev.earnest.messaging.api;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.id.JustCreated;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.KnownTeams;
import dev.earnest.messaging.domain.TaskHead;
import dev.earnest.messaging.domain.TaskHeads;
import dev.earnest.messaging.domain.TaskState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/// The tasks that a caller may see; others do not exist.
@ApplicationScoped
class VisibleTasks {
  private final TaskHeads heads;
  private final JustCreated justCreated;
  private final KnownTeams teams;

  VisibleTasks(TaskHeads heads, JustCreated justCreated, KnownTeams teams) {
    this.teams = teams;
    this.heads = heads;
    this.justCreated = justCreated;
  }

  /// The task, waiting a little for one that was only just created, or of which the caller has only just
  /// become a part. A stranger waits as long as for a task that does not exist, and so learns nothing.
  ///
  /// @throws Refusal 404 when there is none, or not for this caller
  TaskHead get(String id, Caller caller) {
    UUID task = Ids.parse(id, "task");
    return justCreated
        .find(
            task,
            () -> heads.find(task).filter(head -> head.visibleTo(caller) || isOfTeam(head, caller)))
        .orElseThrow(() -> Refusal.notFound("task"));
  }

  private boolean isOfTeam(TaskHead head, Caller caller) {
    TaskState known = head.state();
    return known != null && known.teamId() != null && teams.isMember(known.teamId(), caller);
  }
}
