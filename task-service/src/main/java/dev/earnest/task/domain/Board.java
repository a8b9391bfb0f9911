package dev.earnest.task.domain;

import dev.earnest.kit.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A team's tasks: its members put them up, its agents claim them.
@ApplicationScoped
public class Board {
  private final Teams teams;
  private final Tasks tasks;
  private final TaskDesk desk;
  private final Claims claims;
  private final WorkRecords records;

  Board(Teams teams, Tasks tasks, TaskDesk desk, Claims claims, WorkRecords records) {
    this.teams = teams;
    this.tasks = tasks;
    this.desk = desk;
    this.claims = claims;
    this.records = records;
  }

  /// Puts a task up.
  ///
  /// @param wanted names the team and one of its projects
  /// @throws Refusal 400 for a project or an agent that the team does not have; 403 to an agent's own
  ///     key; 404 for whoever is no member; 409 `agent_unavailable`
  @Transactional
  public Task putUp(UUID team, Caller caller, NewTask wanted) {
    teams.requireMember(team, caller);
    caller.requireNoAgent();
    @Nullable UUID project = wanted.sharing().projectId();
    if (project != null) {
      teams.requireProject(team, project);
    }
    return tasks.create(wanted);
  }

  /// A team's tasks, newest first.
  ///
  /// @throws Refusal 404 for whoever is no member
  @Transactional
  public List<Task> list(
      UUID team, Caller caller, TaskQuery query, @Nullable UUID after, int limit) {
    teams.requireMember(team, caller);
    return tasks.list(query, after, limit);
  }

  /// What was delivered last for each of these tasks, where something was.
  @Transactional
  public Map<UUID, Delivery> results(List<Task> tasks) {
    return records.results(
        tasks.stream().filter(task -> task.deliveries > 0).map(task -> task.id).toList());
  }

  /// Moves a task to another column. An agent that begins with what waits claims it.
  ///
  /// @throws Refusal 403, 404, 409 as a move by people, or as a claim
  @Transactional
  public Task move(UUID id, Caller caller, TaskEdit.Column column) {
    if (caller.agent() != null && column == TaskEdit.Column.IN_PROGRESS) {
      Task task = tasks.lockForMove(id, caller, column);
      if (task.state == TaskState.PENDING) {
        return claims.claim(id, caller, caller.agent());
      }
    }
    return desk.move(id, caller, column);
  }
}
