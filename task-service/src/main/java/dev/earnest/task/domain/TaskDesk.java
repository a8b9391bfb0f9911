package dev.earnest.task.domain;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.kit.event.Outbox;
import dev.earnest.kit.problem.IllegalMove;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What people do to their tasks by hand: say it in other words, move it, talk to its agent, share
/// it, throw it away. With money held most of it is refused; see [Lifecycle].
@ApplicationScoped
public class TaskDesk {
  private static final String FILES_ONLY = "Files attached.";

  private final Tasks tasks;
  private final TaskRepository repository;
  private final TaskAccess access;
  private final Teams teams;
  private final Hires hires;
  private final SkillSets skillSets;
  private final WorkRecords records;
  private final TaskChanges changes;
  private final StoredJson json;
  private final Outbox outbox;

  TaskDesk(
      Tasks tasks,
      TaskRepository repository,
      TaskAccess access,
      Teams teams,
      Hires hires,
      SkillSets skillSets,
      WorkRecords records,
      TaskChanges changes,
      StoredJson json,
      Outbox outbox) {
    this.tasks = tasks;
    this.repository = repository;
    this.access = access;
    this.teams = teams;
    this.hires = hires;
    this.skillSets = skillSets;
    this.records = records;
    this.changes = changes;
    this.json = json;
    this.outbox = outbox;
  }

  /// Changes a task to what is wanted, all or nothing.
  ///
  /// @param wanted says what the task, which nobody else changes meanwhile, shall be like
  /// @throws Refusal 403 for whoever did not order it, 404, 409 `money_held`, `no_agent`,
  ///     `agent_full`, `agent_unavailable`, or when the state does not allow it
  @Transactional
  public Task edit(UUID id, Caller caller, Function<Task, TaskEdit> wanted) {
    Task task = tasks.lockForBuyer(id, caller);
    TaskEdit edit = wanted.apply(task);
    describe(task, edit);
    if (!edit.followers().equals(task.sharing.followers())) {
      changes.carryOut(task, new Command.Share(task.sharing.assignees(), edit.followers()));
    }
    if (!Objects.equals(edit.agentId(), task.agentId)) {
      keepFor(task, edit.agentId());
    }
    if (edit.moveTo() != null) {
      move(task, edit.moveTo());
    }
    return task;
  }

  private void describe(Task task, TaskEdit edit) {
    boolean same =
        edit.brief().equals(task.brief)
            && Objects.equals(edit.projectId(), task.sharing.projectId)
            && Objects.equals(edit.type(), task.labels().type());
    if (same) {
      return;
    }
    if (!Objects.equals(edit.projectId(), task.sharing.projectId)) {
      requireProject(task, edit.projectId());
    }
    skillSets.know(SkillSet.sought(edit.brief()));
    changes.carryOut(task, new Command.Describe(edit.brief(), edit.projectId(), edit.type()));
  }

  private void requireProject(Task task, @Nullable UUID project) {
    if (task.sharing.team == null) {
      throw Refusal.invalid("projectId", "the task is on no team's board");
    }
    if (project == null) {
      throw Refusal.invalid("projectId", "is required on a team's board");
    }
    teams.requireProject(task.sharing.team, project);
  }

  /// Moves a task to another column.
  ///
  /// @throws Refusal 403, 404; 409 `money_held`, `no_agent`, `awaiting_input`, `agent_full`,
  ///     `agent_unavailable`, or when the state does not allow it
  @Transactional
  public Task move(UUID id, Caller caller, TaskEdit.Column column) {
    Task task = tasks.lockForMove(id, caller, column);
    move(task, column);
    return task;
  }

  /// Unclaimed work is kept for the agent; what somebody works on goes to another.
  private void keepFor(Task task, @Nullable UUID agentId) {
    @Nullable Hireable agent =
        agentId == null
            ? null
            : hires.named(
                "assignedAgentId", agentId, task.buyer, task.sharing.team, task.budget != 0);
    changes.carryOut(
        task,
        task.state == TaskState.PENDING || agent == null
            ? new Command.Reserve(
                agent == null ? null : agent.id(), agent == null ? null : agent.account())
            : new Command.Reassign(agent.id(), agent.account()));
  }

  private void move(Task task, TaskEdit.Column column) {
    if (task.budget != 0 && !task.state.isFinal()) {
      throw new IllegalMove(
          "money_held", task.state.name(), "Money is held for the task: it is not moved by hand.");
    }
    switch (column) {
      case TODO -> {
        changes.carryOut(task, new Command.ReleaseClaim());
        hires.moveOn(task);
      }
      case IN_PROGRESS -> begin(task);
      case WAITING ->
          throw new IllegalMove(
              "not_by_hand", task.state.name(), "Only the task's agent asks for clarification.");
      case ON_HOLD -> changes.carryOut(task, new Command.Hold());
      case DONE -> changes.carryOut(task, new Command.FinishByHand(TaskState.COMPLETED));
      case CANCELLED -> cancel(task);
    }
  }

  private void cancel(Task task) {
    boolean byHand = task.state == TaskState.PENDING || task.state == TaskState.EXECUTING;
    changes.carryOut(
        task,
        byHand
            ? new Command.FinishByHand(TaskState.CANCELLED)
            : new Command.Cancel("cancelled_by_buyer"));
  }

  private void begin(Task task) {
    switch (task.state) {
      case PENDING -> start(task);
      case ON_HOLD -> changes.carryOut(task, new Command.Resume());
      case AWAITING_INPUT ->
          throw new IllegalMove(
              "awaiting_input", task.state.name(), "The agent waits for an answer: give it one.");
      default -> task.assertLegal(new Command.Resume());
    }
  }

  /// The agent that a waiting task names starts now.
  private void start(Task task) {
    if (task.agentId == null) {
      throw new IllegalMove(
          "no_agent", task.state.name(), "The task has no agent: one claims it, or assign one.");
    }
    Agent agent = hires.lockWithRoom(task.agentId);
    Hiring hiring = task.mode.isClaimed() ? Hiring.CLAIMED : Hiring.DIRECT;
    changes.carryOut(task, new Command.Assign(agent.id(), agent.account(), hiring, task.price));
  }

  /// Says something to the task's agent: the answer to its question, or more about the work. What is
  /// on hold goes on.
  ///
  /// @throws Refusal 403, 404, 409 when nobody works on it any more
  @Transactional
  public Task tell(UUID id, Caller caller, String message) {
    Task task = tasks.lockForBuyer(id, caller);
    tell(task, caller, message, null);
    return task;
  }

  private void tell(Task task, Caller caller, String message, @Nullable JsonNode files) {
    if (task.state == TaskState.AWAITING_INPUT) {
      changes.carryOut(task, new Command.GiveInput(message, caller.account(), null, files));
      return;
    }
    if (task.state == TaskState.ON_HOLD) {
      changes.carryOut(task, new Command.Resume());
    }
    changes.carryOut(task, new Command.AddInput(message, caller.account(), files));
  }

  /// Lets the task's agent work: a new task begins, one on hold goes on, a question is answered.
  ///
  /// @param files JSON: a list of what goes with the message
  /// @throws Refusal 400 when the agent asked something and is not answered; 403, 404; 409
  ///     `in_progress`, `agent_full`, `agent_unavailable`
  @Transactional
  public Task process(UUID id, Caller caller, @Nullable String message, @Nullable JsonNode files) {
    Task task = tasks.lockForBuyer(id, caller);
    if (task.state == TaskState.EXECUTING) {
      throw new IllegalMove(
          "in_progress",
          task.state.name(),
          "The agent works on the task already: stop it first, then process it with the new"
              + " instructions.");
    }
    @Nullable String said = message == null && files != null ? FILES_ONLY : message;
    if (task.state == TaskState.PENDING) {
      start(task);
    } else if (task.state != TaskState.AWAITING_INPUT) {
      changes.carryOut(task, new Command.Resume());
    } else if (said == null) {
      throw Refusal.invalid("message", "is required: the agent waits for an answer");
    }
    if (said != null) {
      tell(task, caller, said, files);
    }
    return task;
  }

  /// Shares a task with exactly these assignees; the followers stay.
  ///
  /// @param emails in lower case
  /// @throws Refusal 403, 404
  @Transactional
  public Task assign(UUID id, Caller caller, List<String> emails) {
    Task task = tasks.lockForBuyer(id, caller);
    if (!emails.equals(task.sharing.assignees())) {
      changes.carryOut(task, new Command.Share(emails, task.sharing.followers()));
    }
    return task;
  }

  /// @param feedback null takes it back
  /// @throws Refusal 403, 404
  @Transactional
  public Task giveFeedback(UUID id, Caller caller, Labels.@Nullable Feedback feedback) {
    Task task = tasks.lockForBuyer(id, caller);
    changes.carryOut(task, new Command.GiveFeedback(feedback));
    return task;
  }

  /// Deletes a task and its history for good; what is unfinished is cancelled first.
  ///
  /// @throws Refusal 403, 404; 409 `money_held`, `disputed`, `use_dispute`
  @Transactional
  public void delete(UUID id, Caller caller) {
    Task task = tasks.lockForBuyer(id, caller);
    if (task.state == TaskState.DISPUTED) {
      throw new IllegalMove("disputed", task.state.name(), "The task is disputed.");
    }
    if (task.budget != 0 && task.funded && !task.settled) {
      throw new IllegalMove("money_held", task.state.name(), "Money is held for the task.");
    }
    if (!task.state.isFinal()) {
      changes.carryOut(task, new Command.Cancel("deleted"));
    }
    outbox.append(new TaskEvent.Deleted(task.snapshot()));
    repository.flush();
    repository.deleteById(id);
  }

  /// What happened to a task, and who worked on it. Empty for agents that see the task only because
  /// they could take it: what its people said, and who they are, is not for them.
  ///
  /// @throws Refusal 404
  @Transactional
  public Optional<TaskHistory> history(UUID id, Caller caller) {
    Task task = tasks.find(id, caller);
    return access.concerns(task, caller) ? Optional.of(history(task)) : Optional.empty();
  }

  /// As [#history(UUID, Caller)], of a task that the caller is known to see.
  @Transactional
  public TaskHistory history(Task task) {
    Map<Integer, Delivery> delivered = records.lastDeliveries(task.id);
    List<TaskHistory.Run> runs = new ArrayList<>();
    for (Execution past : records.executions(task.id)) {
      int attempt = past.key.attempt();
      runs.add(
          new TaskHistory.Run(
              attempt, past.outcome, past.startedAt, past.endedAt, delivered.get(attempt)));
    }
    if (task.hiring != null && task.assignedAt != null && !task.state.isFinal()) {
      runs.add(
          new TaskHistory.Run(
              task.attempt, null, task.assignedAt, null, delivered.get(task.attempt)));
    }
    return new TaskHistory(
        records.activities(task.id).stream()
            .map(row ->
                new TaskHistory.Happening(
                    row.type, json.read(row.data, new TypeReference<JsonNode>() {}), row.at))
            .toList(),
        runs);
  }

  /// The last thing that the task's agent asked, where it asked something.
  @Transactional
  public Optional<String> question(Task task) {
    if (task.state != TaskState.AWAITING_INPUT) {
      return Optional.empty();
    }
    return history(task).activities().reversed().stream()
        .filter(one -> one.type().equals("message"))
        .map(one -> one.data().path("message").asText())
        .findFirst();
  }
}
