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

  /// A team's task is every member's. An agent's own key orders nothing.
  ///
  /// @throws Refusal 403 for whoever sees it but did not order it
  Task ordered(Task task, Caller caller) {
    caller.requireNoAgent();
    if (!caller.account().equals(task.buyer) && !isOfTeam(task, caller)) {
      throw Refusal.forbidden("Only the task's buyer may do this.");
    }
    return task;
  }

  boolean sees(Task task, Caller caller) {
    boolean couldTake = caller.is(Role.AGENT) && task.isOpenToAgents();
    return (couldTake && caller.isGoodFor(task.sharing.team)) || concerns(task, caller);
  }

  /// Whether the caller is more to a task that they see than somebody who could take it.
  boolean concerns(Task task, Caller caller) {
    return caller.isGoodFor(task.sharing.team) && concernsPerson(task, caller);
  }

  private boolean concernsPerson(Task task, Caller caller) {
    return caller.isAdmin()
        || isParty(task, caller)
        || task.sharing.names(caller)
        || isOfTeam(task, caller);
  }

  /// Whoever left a team has no part in what its agents do.
  private boolean isParty(Task task, Caller caller) {
    boolean ordered = caller.agent() == null && caller.account().equals(task.buyer);
    return ordered || (task.agentId != null && isAgentOf(task, caller));
  }

  /// Whether the caller speaks for the task's agent: the agent itself with its own key, else its
  /// owner; for a team's agent everybody in the team. Unclaimed work of a team is all its agents'.
  boolean isAgentOf(Task task, Caller caller) {
    if (caller.agent() != null && task.agentId != null) {
      return caller.agent().equals(task.agentId);
    }
    return task.sharing.team == null
        ? caller.account().equals(task.agentAccount)
        : isOfTeam(task, caller);
  }

  /// Whether the caller may put a task elsewhere by hand: whoever ordered it, a team's agent what is
  /// its own or nobody's, any agent what it gives back.
  ///
  /// @throws Refusal 403 for whoever sees it but may not
  Task movable(Task task, Caller caller, TaskEdit.Column column) {
    boolean asAgent =
        isAgentOf(task, caller) && (task.sharing.team != null || column == TaskEdit.Column.TODO);
    return asAgent ? task : ordered(task, caller);
  }

  boolean isOfTeam(Task task, Caller caller) {
    return task.sharing.team != null && teams.isMember(task.sharing.team, caller);
  }
}
