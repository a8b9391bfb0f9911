package dev.earnest.escrow.domain;

import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.KnownTeams;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/// Who may know of a task's money: whoever is part of it, and its team's members.
@ApplicationScoped
class TaskAccess {
  private final KnownTeams teams;

  TaskAccess(KnownTeams teams) {
    this.teams = teams;
  }

  boolean isVisible(TaskFacts task, Caller caller) {
    UUID team = task.team() == null ? null : UUID.fromString(task.team());
    return caller.isGoodFor(team)
        && (task.isVisibleTo(caller) || (team != null && teams.isMember(team, caller)));
  }
}
