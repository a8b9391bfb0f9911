package dev.earnest.task.domain;

import dev.earnest.kit.event.Outbox;
import dev.earnest.kit.problem.IllegalMove;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
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
  private final Hires hires;
  private final TaskChanges changes;
  private final Outbox outbox;

  TaskSaga(
      TaskRepository tasks,
      AgentRepository agents,
      Hires hires,
      TaskChanges changes,
      Outbox outbox) {
    this.tasks = tasks;
    this.agents = agents;
    this.hires = hires;
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
    hires.moveOn(task);
  }

  /// @throws IllegalMove when the task ended meanwhile
  public void refuseFunds(Task task, String reason) {
    changes.carryOut(task, new Command.RefuseFunds(reason));
  }

  /// What was held for it has been paid out.
  public void settle(Task task) {
    task.settled = true;
  }

  /// A dispute was opened; either the task is DISPUTED now, or the opener is told why not.
  public void dispute(Task task, UUID disputeId, String openedBy) {
    if (!task.isParty(openedBy)) {
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

  /// The parties settled that the agent delivers again.
  ///
  /// @throws IllegalMove when the task is not DISPUTED
  public void redeliver(Task task, UUID disputeId) {
    changes.carryOut(task, new Command.Redeliver(disputeId));
  }

  /// A ruling moves the reputation of an agent that worked on the task.
  public void adjustReputation(UUID agent, BigDecimal by) {
    agents.find(agent).ifPresent(known -> known.adjustReputation(by));
  }

  /// Somebody asks where the task stands.
  public void report(Task task) {
    outbox.append(
        new TaskEvent.StateReported(
            task.snapshot(),
            task.reason(),
            task.agentAccount(),
            task.price().decimal(),
            task.currency,
            task.ruling()));
  }

  /// A message was posted in the task's conversation: the buyer's answers a question that the agent
  /// asked, the agent's is a sign of life.
  public void message(Task task, UUID messageId, String sender, boolean byBuyer, String content) {
    if (byBuyer && task.state() == TaskState.AWAITING_INPUT && sender.equals(task.buyer())) {
      changes.carryOut(task, new Command.GiveInput(content, sender, messageId));
    } else if (!byBuyer
        && task.state() == TaskState.EXECUTING
        && sender.equals(task.agentAccount())) {
      changes.carryOut(task, new Command.Heartbeat());
    }
  }
}
