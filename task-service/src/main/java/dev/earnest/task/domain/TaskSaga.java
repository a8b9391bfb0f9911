package dev.earnest.task.domain;

import dev.earnest.kit.event.Outbox;
import dev.earnest.kit.problem.IllegalMove;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// What the other services' events do to tasks. Everything here runs in the transaction of the
/// consumer, which may hold many tasks; [#lock] comes first and takes all locks of a batch in the
/// one order that everybody keeps: tasks by id, then agents by id.
@ApplicationScoped
public class TaskSaga {
  private final TaskRepository tasks;
  private final AgentRepository agents;
  private final Tasks service;
  private final TaskChanges changes;
  private final Outbox outbox;

  TaskSaga(
      TaskRepository tasks,
      AgentRepository agents,
      Tasks service,
      TaskChanges changes,
      Outbox outbox) {
    this.tasks = tasks;
    this.agents = agents;
    this.service = service;
    this.changes = changes;
    this.outbox = outbox;
  }

  /// The tasks of a batch, locked together with their agents.
  public Locked lock(Collection<UUID> ids) {
    List<Task> found = tasks.lockAll(ids);
    agents.lockAll(found.stream().map(Task::agentId).filter(Objects::nonNull).distinct().toList());
    Map<UUID, Task> byId = new HashMap<>();
    found.forEach(task -> byId.put(task.id(), task));
    return new Locked(byId);
  }

  /// Tasks whose rows this transaction holds.
  public record Locked(Map<UUID, Task> byId) {
    public Optional<Task> find(UUID id) {
      return Optional.ofNullable(byId.get(id));
    }
  }

  /// The budget is held.
  ///
  /// @throws IllegalMove when the task ended meanwhile; its end gives the money back
  public void fund(Task task) {
    changes.carryOut(task, new Command.Fund());
    service.startIfPossible(task);
  }

  /// @throws IllegalMove when the task ended meanwhile
  public void refuseFunds(Task task, String reason) {
    changes.carryOut(task, new Command.RefuseFunds(reason));
  }

  /// A dispute was opened; either the task is DISPUTED now, or the opener is told why not.
  public void dispute(Task task, UUID disputeId, String openedBy) {
    if (!task.isVisibleTo(openedBy)) {
      refuse(
          task, disputeId, openedBy, "Only the task's buyer and its present agent can dispute it.");
      return;
    }
    try {
      changes.carryOut(task, new Command.Dispute(disputeId, openedBy));
    } catch (IllegalMove move) {
      refuse(task, disputeId, openedBy, "The task is " + move.state() + ".");
    }
  }

  private void refuse(Task task, UUID disputeId, String openedBy, String reason) {
    outbox.append(new TaskEvent.DisputeRefused(task.snapshot(), disputeId, openedBy, reason));
  }

  /// @throws IllegalMove when the task is not DISPUTED
  public void rule(Task task, Ruling ruling) {
    changes.carryOut(task, new Command.Rule(ruling));
  }
}
