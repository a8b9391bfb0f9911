package dev.earnest.task.api.queue;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.problem.IllegalMove;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.task.domain.AgentQueue;
import dev.earnest.task.domain.QueuedTask;
import dev.earnest.task.domain.TaskState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.UUID;

/// What both families of paths do, with the statuses that agent-queue clients know.
@ApplicationScoped
class Queue {
  private final AgentQueue queue;
  private final Submissions submissions;
  private final QueueViews views;
  private final CurrentCaller caller;

  Queue(AgentQueue queue, Submissions submissions, QueueViews views, CurrentCaller caller) {
    this.queue = queue;
    this.submissions = submissions;
    this.views = views;
    this.caller = caller;
  }

  SubmittedTask submit(String agentId, SubmitTask body) {
    UUID agent = agent(agentId);
    try {
      return views.submitted(agent, queue.submit(submissions.read(agent, body, caller.get())));
    } catch (Refusal refusal) {
      throw aboutTheAgent(refusal);
    }
  }

  QueueTask show(String agentId, String taskId) {
    UUID agent = agent(agentId);
    return views.show(agent, queue.get(agent, task(taskId), caller.get()));
  }

  QueueTask tell(String agentId, String taskId, SendMessage body) {
    UUID agent = agent(agentId);
    return views.show(agent, queue.tell(agent, task(taskId), caller.get(), body.text()));
  }

  QueueTask cancel(String agentId, String taskId) {
    UUID agent = agent(agentId);
    try {
      QueuedTask cancelled = queue.cancel(agent, task(taskId), caller.get());
      return views.show(agent, cancelled);
    } catch (IllegalMove move) {
      throw tooLate(move);
    }
  }

  private static UUID agent(String id) {
    return Ids.parse(id, "agent");
  }

  private static UUID task(String id) {
    return Ids.parse(id, "task");
  }

  /// The agent is part of the address here; and whether it serves is a matter of availability.
  private static Refusal aboutTheAgent(Refusal refusal) {
    if (refusal.code().equals("agent_unavailable")) {
      return new Refusal(503, refusal.code(), refusal.detail());
    }
    boolean unknown = refusal.errors().stream().anyMatch(error -> error.field().equals("agentId"));
    return unknown ? Refusal.notFound("agent") : refusal;
  }

  private static Refusal tooLate(IllegalMove move) {
    TaskState state = TaskState.valueOf(move.state());
    if (!state.isFinal()) {
      return move;
    }
    String status = QueueStatus.of(state).name().toLowerCase(Locale.ROOT);
    return new Refusal(
        400, "not_cancellable", "The task cannot be cancelled: it is " + status + ".");
  }
}
