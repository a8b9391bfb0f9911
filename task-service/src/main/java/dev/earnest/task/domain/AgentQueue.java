package dev.earnest.task.domain;

import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Tasks by the agent that they were given to. An agent works on what it has room for; the rest
/// waits, the highest priority first, the oldest of those.
@ApplicationScoped
public class AgentQueue {
  private final Tasks tasks;
  private final TaskDesk desk;
  private final TaskRepository repository;
  private final WorkRecords records;
  private final QueueForecast forecast;

  AgentQueue(
      Tasks tasks,
      TaskDesk desk,
      TaskRepository repository,
      WorkRecords records,
      QueueForecast forecast) {
    this.tasks = tasks;
    this.desk = desk;
    this.repository = repository;
    this.records = records;
    this.forecast = forecast;
  }

  /// Gives a task to an agent.
  ///
  /// @throws Refusal as [Tasks#create]
  @Transactional
  public QueuedTask submit(NewTask wanted) {
    return shown(tasks.create(wanted));
  }

  /// @throws Refusal 404 when it does not exist for the caller, or is another agent's
  @Transactional
  public QueuedTask get(UUID agentId, UUID taskId, Caller caller) {
    return shown(ofAgent(agentId, tasks.find(taskId, caller)));
  }

  /// Says something to the agent that works on it, or is going to; see [TaskDesk#tell].
  ///
  /// @throws Refusal 403, 404, 409 when nobody works on it any more
  @Transactional
  public QueuedTask tell(UUID agentId, UUID taskId, Caller caller, String message) {
    ofAgent(agentId, tasks.lockForBuyer(taskId, caller));
    return shown(desk.tell(taskId, caller, message));
  }

  /// @throws Refusal 403, 404, 409 when it is over, or something was delivered already
  @Transactional
  public QueuedTask cancel(UUID agentId, UUID taskId, Caller caller) {
    Task task = ofAgent(agentId, tasks.lockForBuyer(taskId, caller));
    tasks.carryOut(task, new Command.Cancel("cancelled_by_buyer"));
    return shown(task);
  }

  /// A task keeps the address that it was given to an agent with when another one takes over.
  private Task ofAgent(UUID agentId, Task task) {
    if (!agentId.equals(task.agentId) && !records.formerAgentIds(task.id).contains(agentId)) {
      throw Refusal.notFound("task of this agent");
    }
    return task;
  }

  private QueuedTask shown(Task task) {
    boolean completed = task.state == TaskState.COMPLETED;
    return new QueuedTask(
        task,
        estimatedStart(task),
        desk.question(task).orElse(null),
        completed ? records.deliveries(task.id) : List.of());
  }

  private @Nullable Instant estimatedStart(Task task) {
    boolean waits = task.state == TaskState.PENDING && task.mode == Mode.DIRECT;
    if (!waits || task.agentId == null || !task.funded) {
      return null;
    }
    repository.flush();
    return forecast.start(task.id, task.agentId);
  }
}
