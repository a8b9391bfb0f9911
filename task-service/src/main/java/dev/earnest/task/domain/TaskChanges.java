package dev.earnest.task.domain;

import dev.earnest.kit.event.DomainEvent;
import dev.earnest.kit.event.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Carries a command out on a locked task, with all that belongs to the same transaction: the
/// agent's room, the attempt's record, the delivery, and the events in the outbox.
@ApplicationScoped
class TaskChanges {
  private final AgentRepository agents;
  private final WorkRecords records;
  private final StoredJson json;
  private final Outbox outbox;
  private final Windows windows;
  private final InstantSource clock;

  TaskChanges(
      AgentRepository agents,
      WorkRecords records,
      StoredJson json,
      Outbox outbox,
      Windows windows,
      InstantSource clock) {
    this.agents = agents;
    this.records = records;
    this.json = json;
    this.outbox = outbox;
    this.windows = windows;
    this.clock = clock;
  }

  /// @throws dev.earnest.kit.problem.IllegalMove when the state does not allow it; nothing is
  ///     written then
  void carryOut(Task task, Command command) {
    Instant now = clock.instant();
    @Nullable TaskMoment before = TaskMoment.of(task);
    TaskState from = task.state;
    List<DomainEvent> events = new ArrayList<>(task.handle(command, windows, now));
    if (command instanceof Command.Deliver deliver) {
      records.delivered(task, deliver.delivery());
    }
    if (command instanceof Command.Dispute dispute) {
      events.add(disputed(task, dispute));
    }
    if ((before != null && from != task.state) || moved(before, task)) {
      events.addAll(agentsFollow(before, from, task, outcome(command, task), now));
    }
    outbox.append(events);
  }

  private static boolean moved(@Nullable TaskMoment before, Task task) {
    return before == null ? task.hiring != null : before.isOver(task);
  }

  /// The agent that had the task gets its room back when it works no more; the one that has it now
  /// takes room. The attempt's record is written when it is over.
  private List<DomainEvent> agentsFollow(
      @Nullable TaskMoment before, TaskState from, Task task, String outcome, Instant now) {
    List<DomainEvent> events = new ArrayList<>();
    lockBoth(before, task);
    boolean over = before != null && before.isOver(task);
    if (before != null && over) {
      records.ended(before, outcome, now);
    }
    boolean left = before != null && from.takesRoom() && (over || !task.state.takesRoom());
    if (before != null && (left || over)) {
      Agent agent = agents.lock(before.agentId());
      if (left) {
        agent.giveRoomBack();
      }
      if (over && agent.ended(task.state, now)) {
        events.add(agent.changed());
      }
      if (over && task.state == TaskState.COMPLETED && task.rating != null) {
        agent.rate(task.rating);
      }
    }
    boolean came = task.state.takesRoom() && (before == null || over || !from.takesRoom());
    if (came && task.agentId != null) {
      agents.lock(task.agentId).takeRoom();
    }
    return events;
  }

  private List<Delivery> lastDeliveries(Task task) {
    List<Delivery> all = records.deliveries(task.id);
    int from = Math.max(0, all.size() - WorkRecords.MAX_DELIVERIES_IN_DISPUTE);
    return all.subList(from, all.size());
  }

  /// Who takes a task from one agent and gives it to another locks both in the order of all.
  private void lockBoth(@Nullable TaskMoment before, Task task) {
    if (before != null && task.agentId != null && !before.agentId().equals(task.agentId)) {
      agents.lockAll(List.of(before.agentId(), task.agentId));
    }
  }

  /// What became of the attempt, in a word.
  private static String outcome(Command command, Task task) {
    if (task.state.isFinal()) {
      return task.state.name();
    }
    return switch (command) {
      case Command.TimeOut _ -> "TIMED_OUT";
      case Command.Reassign _ -> "REASSIGNED";
      default -> "RELEASED";
    };
  }

  private TaskEvent disputed(Task task, Command.Dispute dispute) {
    return new TaskEvent.Disputed(
        task.snapshot(),
        dispute.dispute(),
        dispute.openedBy(),
        new TaskEvent.Brief(
            task.brief.description(),
            json.readOrNull(task.brief.requirements()),
            task.budget().decimal(),
            task.price().decimal(),
            task.currency),
        lastDeliveries(task),
        records.formerAgents(task));
  }
}
