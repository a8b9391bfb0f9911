package dev.earnest.task.domain;

import dev.earnest.kit.event.DomainEvent;
import dev.earnest.kit.event.Outbox;
import dev.earnest.kit.problem.Refusal;
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
  private static final String TIMED_OUT = "TIMED_OUT";

  private final AgentRepository agents;
  private final WorkRecords records;
  private final ProposalRepository proposals;
  private final OutputSchemas schemas;
  private final StoredJson json;
  private final Signals signals;
  private final Outbox outbox;
  private final Windows windows;
  private final InstantSource clock;

  TaskChanges(
      AgentRepository agents,
      WorkRecords records,
      ProposalRepository proposals,
      OutputSchemas schemas,
      StoredJson json,
      Signals signals,
      Outbox outbox,
      Windows windows,
      InstantSource clock) {
    this.agents = agents;
    this.records = records;
    this.proposals = proposals;
    this.schemas = schemas;
    this.json = json;
    this.signals = signals;
    this.outbox = outbox;
    this.windows = windows;
    this.clock = clock;
  }

  /// @throws dev.earnest.kit.problem.IllegalMove when the state does not allow it; nothing is
  ///     written then
  /// @throws Refusal 422 `output_invalid` when a delivery is not what the
  ///     buyer's schema asks for
  void carryOut(Task task, Command command) {
    Instant now = clock.instant();
    if (task.hasSchema && command instanceof Command.Deliver deliver) {
      task.assertLegal(command);
      schemas.verify(records.outputSchema(task.id), deliver.delivery().output());
    }
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
      events.addAll(agentsFollow(before, from, task, command, now));
    }
    if (task.mode == Mode.PROPOSALS && from == TaskState.PENDING && task.state != from) {
      events.addAll(declineOthers(task, now));
    }
    Activity.of(command, from, task).forEach(one -> records.happened(task, one, now));
    outbox.append(events);
    signals.changed(task);
  }

  private List<TaskEvent> declineOthers(Task task, Instant now) {
    String reason = task.state.isFinal() ? "task_ended" : "another_accepted";
    return proposals.declineOpen(task.id, now).stream()
        .<TaskEvent>map(one ->
            new TaskEvent.ProposalDeclined(
                task.snapshot(), one.id, one.agentId, one.agentAccount, reason))
        .toList();
  }

  private static boolean moved(@Nullable TaskMoment before, Task task) {
    return before == null ? task.hiring != null : before.isOver(task);
  }

  /// The agent that had the task gets its room back when it works no more; the one that has it now
  /// takes room. The attempt's record is written when it is over.
  private List<DomainEvent> agentsFollow(
      @Nullable TaskMoment before, TaskState from, Task task, Command command, Instant now) {
    String outcome = outcome(command, task);
    List<DomainEvent> events = new ArrayList<>();
    lockBoth(before, task);
    boolean over = before != null && before.isOver(task);
    if (before != null && over) {
      records.ended(before, outcome, now);
    }
    boolean left = before != null && from.takesRoom() && (over || !task.state.takesRoom());
    if (before != null && (left || over)) {
      Agent agent = agents.lock(before.agentId());
      boolean wasFull = !agent.canTakeMore();
      if (left) {
        agent.giveRoomBack();
      }
      if (over && agent.ended(task.state == TaskState.COMPLETED, isFailure(outcome), now)) {
        events.add(agent.changed());
      }
      if (wasFull && agent.canTakeMore()) {
        signals.agentHasRoom(agent.id());
      }
      if (over && task.state == TaskState.COMPLETED && task.rating != null) {
        agent.rate(task.rating);
      }
    }
    boolean came = task.state.takesRoom() && (before == null || over || !from.takesRoom());
    if (came && task.agentId != null) {
      Agent agent = agents.lock(task.agentId);
      if (command instanceof Command.Reassign) {
        assertRoom(agent);
      }
      agent.takeRoom();
    }
    return events;
  }

  private List<Delivery> lastDeliveries(Task task) {
    List<Delivery> all = new ArrayList<>(records.deliveries(task.id));
    if (task.artifacts > 0) {
      all.add(records.handedOver(task));
    }
    int from = Math.max(0, all.size() - WorkRecords.MAX_DELIVERIES_IN_DISPUTE);
    return List.copyOf(all.subList(from, all.size()));
  }

  /// Who takes a task from one agent and gives it to another locks both in the order of all.
  private void lockBoth(@Nullable TaskMoment before, Task task) {
    if (before != null && task.agentId != null && !before.agentId().equals(task.agentId)) {
      agents.lockAll(List.of(before.agentId(), task.agentId));
    }
  }

  /// Whoever gives a task to an agent by other ways has looked, under its lock; here both agents'
  /// locks come in one order first.
  private static void assertRoom(Agent agent) {
    if (!agent.canTakeMore()) {
      throw Refusal.conflict("agent_full", "The agent takes no more tasks now.");
    }
  }

  private static boolean isFailure(String outcome) {
    return outcome.equals(TaskState.FAILED.name()) || outcome.equals(TIMED_OUT);
  }

  /// What became of the attempt, in a word.
  private static String outcome(Command command, Task task) {
    if (task.state.isFinal()) {
      return task.state.name();
    }
    return switch (command) {
      case Command.TimeOut _ -> TIMED_OUT;
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
        records.formerAgents(task),
        proposals.accounts(task.id));
  }
}
