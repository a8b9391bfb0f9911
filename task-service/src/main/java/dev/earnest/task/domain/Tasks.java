package dev.earnest.task.domain;

import dev.earnest.kit.event.Outbox;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What people and agents do with tasks. Who may see a task is asked first (404), then who may do
/// this to it (403), then whether its state allows it (409).
@ApplicationScoped
public class Tasks {
  private final TaskRepository tasks;
  private final AgentRepository agents;
  private final WorkRecords records;
  private final TaskChanges changes;
  private final Outbox outbox;
  private final Windows windows;
  private final Ids ids;
  private final InstantSource clock;

  Tasks(
      TaskRepository tasks,
      AgentRepository agents,
      WorkRecords records,
      TaskChanges changes,
      Outbox outbox,
      Windows windows,
      Ids ids,
      InstantSource clock) {
    this.tasks = tasks;
    this.agents = agents;
    this.records = records;
    this.changes = changes;
    this.outbox = outbox;
    this.windows = windows;
    this.ids = ids;
    this.clock = clock;
  }

  /// Makes a task. Work starts when its money is held; without money, at once if the agent has room.
  ///
  /// @throws Refusal 400 when there is no such agent; 409 `agent_unavailable` when it is not ACTIVE,
  ///     `own_agent` when the buyer would pay their own agent
  @Transactional
  public Task create(NewTask wanted) {
    Task task = new Task(ids.next(), wanted, hired(wanted), windows, clock.instant());
    tasks.persist(task);
    outbox.append(task.created());
    startIfPossible(task);
    return task;
  }

  private @Nullable Hireable hired(NewTask wanted) {
    if (wanted.agentId() == null) {
      return null;
    }
    Hireable agent =
        agents
            .hireable(wanted.agentId())
            .orElseThrow(() -> Refusal.invalid("agentId", "there is no such agent"));
    if (agent.status() != Agent.Status.ACTIVE) {
      throw Refusal.conflict("agent_unavailable", "The agent is " + agent.status() + ".");
    }
    if (!wanted.budget().isZero() && agent.account().equals(wanted.buyer())) {
      throw Refusal.conflict("own_agent", "One's own agent cannot be hired with money.");
    }
    return agent;
  }

  /// @throws Refusal 404 when it does not exist for the caller
  @Transactional
  public TaskAndWork get(UUID id, Caller caller) {
    Task task = visible(tasks.findByIdOptional(id).orElse(null), caller);
    return new TaskAndWork(task, records.deliveries(id));
  }

  @Transactional
  public List<Task> list(TaskQuery query, @Nullable UUID after, int limit) {
    return tasks.page(query, after, limit);
  }

  /// Carries out what only the task's buyer may do.
  @Transactional
  public Task asBuyer(UUID id, Caller caller, Command command) {
    Task task = visible(tasks.lock(id).orElse(null), caller);
    if (!caller.account().equals(task.buyer())) {
      throw Refusal.forbidden("Only the task's buyer may do this.");
    }
    changes.carryOut(task, command);
    return task;
  }

  /// Carries out what only the task's agent may do.
  ///
  /// @param attempt the assignment that the agent believes to work on; null is its present one
  /// @throws Refusal 409 `stale_attempt` when the task was given to somebody else since
  @Transactional
  public Task asAgent(UUID id, Caller caller, @Nullable Integer attempt, Command command) {
    return asAgent(id, caller, null, attempt, command);
  }

  /// As above, for a path that names the agent.
  @Transactional
  public Task asAgent(
      UUID id, Caller caller, @Nullable UUID agentId, @Nullable Integer attempt, Command command) {
    Task task = tasks.lock(id).orElseThrow(() -> Refusal.notFound("task"));
    boolean mine = caller.account().equals(task.agentAccount());
    if (!mine && records.workedOn(id, caller.account())) {
      throw Refusal.conflict("stale_attempt", "The task was given to another agent.");
    }
    visible(task, caller);
    if (!mine) {
      throw Refusal.forbidden("Only the task's agent may do this.");
    }
    if (agentId != null && !agentId.equals(task.agentId())) {
      throw Refusal.notFound("task of this agent");
    }
    if (attempt != null && attempt != task.attempt()) {
      throw Refusal.conflict(
          "stale_attempt", "Attempt " + attempt + " is over; this is " + task.attempt() + ".");
    }
    changes.carryOut(task, command);
    return task;
  }

  /// Starts a direct hire whose money is held and whose agent has room; otherwise it waits.
  ///
  /// The caller holds the task's lock.
  void startIfPossible(Task task) {
    if (task.state() != TaskState.PENDING
        || !task.isFunded()
        || task.mode() != Mode.DIRECT
        || task.agentId() == null) {
      return;
    }
    Agent agent = agents.lock(task.agentId());
    if (agent.canTakeMore()) {
      changes.carryOut(
          task,
          new Command.Assign(agent.id(), agent.account(), Hiring.DIRECT, task.price().micros()));
    }
  }

  private static Task visible(@Nullable Task task, Caller caller) {
    if (task == null || !(caller.isAdmin() || task.isVisibleTo(caller.account()))) {
      throw Refusal.notFound("task");
    }
    return task;
  }
}
