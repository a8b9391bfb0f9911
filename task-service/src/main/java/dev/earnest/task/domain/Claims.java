package dev.earnest.task.domain;

import dev.earnest.kit.problem.IllegalMove;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.Role;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Agents take work themselves. Of many that claim one task at once, one gets it: the task's row
/// lock decides.
@ApplicationScoped
public class Claims {
  /// Whoever waits looks this often for what another replica may have offered.
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final TaskRepository tasks;
  private final Tasks service;
  private final TaskAccess access;
  private final OpenWork openWork;
  private final Hires hires;
  private final TaskChanges changes;
  private final Signals signals;
  private final Windows windows;

  Claims(
      TaskRepository tasks,
      Tasks service,
      TaskAccess access,
      OpenWork openWork,
      Hires hires,
      TaskChanges changes,
      Signals signals,
      Windows windows) {
    this.tasks = tasks;
    this.service = service;
    this.access = access;
    this.openWork = openWork;
    this.hires = hires;
    this.changes = changes;
    this.signals = signals;
    this.windows = windows;
  }

  /// Claims one task for an agent of the caller's.
  ///
  /// @param agentId null where the caller has one agent only
  /// @throws Refusal 404 when it was never claimable; 409 when it is not any more, or the agent is
  ///     not free for it
  @Transactional
  public Task claim(UUID taskId, Caller caller, @Nullable UUID agentId) {
    service.requireAgent(taskId, caller);
    Task task = tasks.lock(taskId).orElseThrow(() -> Refusal.notFound("task"));
    assertKnown(task, caller);
    Hireable agent = hires.own(agentId, caller);
    boolean open = agent.team() == null && task.isClaimable();
    if (!open && !isKeptFor(agent, task) && !isOnItsBoard(agent, task)) {
      throw new IllegalMove(
          "not_claimable",
          task.state.name(),
          "The task cannot be claimed: it is " + task.state + ".");
    }
    if (task.budget != 0 && task.buyer.equals(caller.account())) {
      throw Refusal.conflict("own_agent", "One's own task cannot be claimed for money.");
    }
    Hires.assertCovers(agent, task.brief);
    take(task, agent);
    return task;
  }

  private static boolean isKeptFor(Hireable agent, Task task) {
    return task.mode.isClaimed() && task.hiring == null && agent.id().equals(task.agentId);
  }

  private static boolean isOnItsBoard(Hireable agent, Task task) {
    return task.isOnBoard() && agent.isIn(task.sharing.team);
  }

  /// A task that others may not know of does not exist for them; what was up for claims they may.
  private void assertKnown(Task task, Caller caller) {
    boolean isThere = task.wasClaimable() || access.sees(task, caller);
    if (!isThere || !caller.isGoodFor(task.sharing.team)) {
      throw Refusal.notFound("task");
    }
  }

  /// Claims the best task there is for an agent of the caller's: the most urgent, the oldest of
  /// those.
  ///
  /// @param wait how long to wait for one; inside somebody's transaction nobody waits
  /// @return empty when none came
  /// @throws Refusal 403 for another's agent; 409 `agent_unavailable`, `agent_full`
  public Optional<Task> claimNext(UUID agentId, Caller caller, Duration wait) {
    caller.require(Role.AGENT);
    long deadline = System.nanoTime() + wait.toNanos();
    boolean mayWait = !QuarkusTransaction.isActive();
    while (true) {
      long seen = signals.claimableWork().rings();
      Optional<Task> claimed =
          QuarkusTransaction.joiningExisting().call(() -> next(agentId, caller));
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (claimed.isPresent() || !mayWait || !left.isPositive() || signals.isClosing()) {
        return claimed;
      }
      try {
        signals.claimableWork().await(seen, left.compareTo(LOOK) < 0 ? left : LOOK);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return claimed;
      }
    }
  }

  private Optional<Task> next(UUID agentId, Caller caller) {
    Hireable agent = hires.own(agentId, caller);
    Optional<Task> best = openWork.next(agent);
    best.ifPresent(task -> take(task, agent));
    return best;
  }

  private void take(Task task, Hireable agent) {
    Agent locked = hires.lockWithRoom(agent.id());
    changes.carryOut(
        task, new Command.Assign(locked.id(), locked.account(), Hiring.CLAIMED, task.price));
  }

  /// How long a request may wait.
  ///
  /// @throws Refusal 400 when it is no number of seconds within the bounds
  public Duration wait(@Nullable String seconds) {
    return Waits.parse("wait", seconds, windows.longestWait());
  }
}
