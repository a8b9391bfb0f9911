package dev.earnest.task.domain;

import dev.earnest.kit.event.Outbox;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.problem.IllegalMove;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.Role;
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
  private final SkillSets skillSets;
  private final Hires hires;
  private final TaskAccess access;
  private final WorkRecords records;
  private final TaskChanges changes;
  private final StoredJson json;
  private final Outbox outbox;
  private final Windows windows;
  private final Ids ids;
  private final InstantSource clock;

  Tasks(
      TaskRepository tasks,
      SkillSets skillSets,
      Hires hires,
      TaskAccess access,
      WorkRecords records,
      TaskChanges changes,
      StoredJson json,
      Outbox outbox,
      Windows windows,
      Ids ids,
      InstantSource clock) {
    this.tasks = tasks;
    this.skillSets = skillSets;
    this.hires = hires;
    this.access = access;
    this.records = records;
    this.changes = changes;
    this.json = json;
    this.outbox = outbox;
    this.windows = windows;
    this.ids = ids;
    this.clock = clock;
  }

  /// Makes a task. Work starts when its money is held; without money, at once if somebody is free.
  ///
  /// @throws Refusal 400 when there is no such agent; 409 `agent_unavailable` when it is not ACTIVE,
  ///     `own_agent` when the buyer would pay their own agent
  @Transactional
  public Task create(NewTask wanted) {
    boolean paid = !wanted.budget().isZero();
    @Nullable UUID team = wanted.sharing().team();
    String field = team == null ? "agentId" : "assignedAgentId";
    @Nullable Hireable agent =
        wanted.agentId() == null
            ? null
            : hires.named(field, wanted.agentId(), wanted.buyer(), team, paid);
    Task task = new Task(ids.next(), wanted, agent, windows, clock.instant());
    skillSets.know(SkillSet.sought(wanted.brief()));
    tasks.persist(task);
    records.given(task.id(), wanted.work());
    outbox.append(task.created(json.readOrNull(wanted.brief().requirements()), wanted.apiKey()));
    hires.enqueue(task);
    return task;
  }

  /// Makes a task with the brief of one that is over.
  ///
  /// @throws Refusal 403 for anybody but the buyer and admins, 404, 409 `not_over` while it is not
  ///     over, and what [#create] refuses
  @Transactional
  public Task retry(UUID id, Caller caller) {
    Task over = find(id, caller);
    if (!caller.isAdmin() && !caller.account().equals(over.buyer())) {
      throw Refusal.forbidden("Only the task's buyer may do this.");
    }
    if (!over.state().isFinal()) {
      throw new IllegalMove(
          "not_over", over.state().name(), "The task is " + over.state() + ": not over yet.");
    }
    NewTask.Work work =
        records
            .input(id)
            .map(given ->
                new NewTask.Work(json.readOrNull(given.input), json.readOrNull(given.outputSchema)))
            .orElse(NewTask.Work.NONE);
    return create(over.again(work, caller.apiKey(), clock.instant()));
  }

  /// @throws Refusal 404 when it does not exist for the caller
  @Transactional
  public TaskAndWork get(UUID id, Caller caller) {
    Task task = find(id, caller);
    return new TaskAndWork(task, records.input(id), records.deliveries(id));
  }

  /// @throws Refusal 403 for the open view without the role agent
  @Transactional
  public List<Task> list(TaskQuery query, @Nullable UUID after, int limit) {
    return tasks.page(query, after, 0, limit);
  }

  /// A page by its number, as one door counts.
  ///
  /// @param offset how many tasks come before it
  @Transactional
  public List<Task> page(TaskQuery query, long offset, int limit) {
    return tasks.page(query, null, offset, limit);
  }

  /// How many tasks a query finds.
  @Transactional
  public long count(TaskQuery query) {
    return tasks.count(query);
  }

  /// Carries out what only the task's buyer may do.
  @Transactional
  public Task asBuyer(UUID id, Caller caller, Command command) {
    Task task = lockForBuyer(id, caller);
    changes.carryOut(task, command);
    return task;
  }

  /// Gives a task to another agent. What was paid for it stays the same.
  ///
  /// @throws Refusal 400 when there is no such agent; 409 `same_agent`, `agent_unavailable`,
  ///     `agent_full`, `own_agent`, `use_dispute`, or when the state does not allow it
  @Transactional
  public Task reassign(UUID id, Caller caller, UUID agentId) {
    Task task = lockForBuyer(id, caller);
    Hireable agent =
        hires.named("new_agent_id", agentId, task.buyer, task.sharing.team, task.budget != 0);
    Command command = new Command.Reassign(agent.id(), agent.account());
    task.assertLegal(command);
    if (agentId.equals(task.agentId())) {
      throw Refusal.conflict("same_agent", "The task has this agent already.");
    }
    changes.carryOut(task, command);
    return task;
  }

  /// Carries out what only the task's agent may do.
  ///
  /// @param agentId the agent that a path names; null where it names none
  /// @param attempt the assignment that the agent believes to work on; null is its present one
  /// @throws Refusal 409 `stale_attempt` when the task was given to somebody else since
  @Transactional
  public Task asAgent(
      UUID id, Caller caller, @Nullable UUID agentId, @Nullable Integer attempt, Command command) {
    Task task = lockForAgent(id, caller, agentId, attempt);
    changes.carryOut(task, command);
    if (command instanceof Command.ReleaseClaim) {
      hires.moveOn(task);
    }
    return task;
  }

  void carryOut(Task task, Command command) {
    changes.carryOut(task, command);
  }

  Task lockForBuyer(UUID id, Caller caller) {
    return access.ordered(access.visible(tasks.lock(id).orElse(null), caller), caller);
  }

  Task lockForAgent(UUID id, Caller caller, @Nullable UUID agentId, @Nullable Integer attempt) {
    Task task = tasks.lock(id).orElseThrow(() -> Refusal.notFound("task"));
    boolean mine = access.isAgentOf(task, caller);
    if (!mine && workedOn(id, caller)) {
      throw Refusal.conflict("stale_attempt", "The task was given to another agent.");
    }
    access.visible(task, caller);
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
    return task;
  }

  /// Locks a task that the caller is about to put elsewhere by hand.
  ///
  /// @throws Refusal 403, 404
  Task lockForMove(UUID id, Caller caller, TaskEdit.Column column) {
    Task task = access.visible(tasks.lock(id).orElse(null), caller);
    return access.movable(task, caller, column);
  }

  private boolean workedOn(UUID id, Caller caller) {
    @Nullable UUID agent = caller.agent();
    return agent == null
        ? records.workedOn(id, caller.account())
        : records.formerAgentIds(id).contains(agent);
  }

  /// What agents alone may do: for whoever does not see the task it does not exist (404), others are
  /// told that they are no agent (403).
  void requireAgent(UUID id, Caller caller) {
    if (!caller.is(Role.AGENT)) {
      find(id, caller);
      caller.require(Role.AGENT);
    }
  }

  /// A task alone, without what came of it.
  ///
  /// @throws Refusal 404 when it does not exist for the caller
  @Transactional
  public Task find(UUID id, Caller caller) {
    return access.visible(tasks.findByIdOptional(id).orElse(null), caller);
  }
}
