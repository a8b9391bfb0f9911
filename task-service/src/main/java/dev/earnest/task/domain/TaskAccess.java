package dev.earnest.task.domain;

import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.Role;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/// Who may see a task, and who may speak for its buyer.
@ApplicationScoped
class TaskAccess {
  private final Teams teams;

  TaskAccess(Teams teams) {
    this.teams = teams;
  }

  /// A task is there for its parties, the people it is shared with, its team and admins; and for
  /// agents while they could take it. For others it does not exist.
  ///
  /// @throws Refusal 404
  Task visible(@Nullable Task task, Caller caller) {
    if (task == null || !sees(task, caller)) {
      throw Refusal.notFound("task");
    }
    return task;
  }

  /// A team's task is every member's.
  ///
  /// @throws Refusal 403 for whoever sees it but did not order it
  Task ordered(Task task, Caller caller) {
    if (!caller.account().equals(task.buyer) && !isOfTeam(task, caller)) {
      throw Refusal.forbidden("Only the task's buyer may do this.");
    }
    return task;
  }

  private boolean sees(Task task, Caller caller) {
    return caller.isGoodFor(task.sharing.team) && seesAsPerson(task, caller);
  }

  private boolean seesAsPerson(Task task, Caller caller) {
    return caller.isAdmin()
        || task.isParty(caller.account())
        || task.sharing.names(caller)
        || (caller.is(Role.AGENT) && task.isOpenToAgents())
        || isOfTeam(task, caller);
  }

  boolean isOfTeam(Task task, Caller caller) {
    return task.sharing.team != null && teams.isMember(task.sharing.team, caller);
  }
}
