package dev.earnest.task.domain;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;

/// Gives waiting work to agents: tasks that nobody was named for go to the best agent, and hires
/// start whose agent has room again. It wakes at the commit of what made that possible, and looks by
/// itself for what a crash, or another replica, left behind.
@ApplicationScoped
class Dispatcher {
  private static final Logger LOG = Logger.getLogger(Dispatcher.class);
  private static final int BATCH = 100;
  private static final int CANDIDATES = 50;
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int POLLS_BETWEEN_SWEEPS = 15;
  private static final Duration LAST_WORK = Duration.ofSeconds(5);

  private final TaskRepository tasks;
  private final AgentRepository agents;
  private final OpenWork openWork;
  private final WorkRecords records;
  private final TaskChanges changes;
  private final Hires hires;
  private final OneTask one;
  private final Signals signals;
  private final StoredJson json;
  private final Windows windows;
  private final InstantSource clock;
  private volatile Thread thread = Thread.ofPlatform().unstarted(() -> {});

  Dispatcher(
      TaskRepository tasks,
      AgentRepository agents,
      OpenWork openWork,
      WorkRecords records,
      TaskChanges changes,
      Hires hires,
      OneTask one,
      Signals signals,
      StoredJson json,
      Windows windows,
      InstantSource clock) {
    this.tasks = tasks;
    this.agents = agents;
    this.openWork = openWork;
    this.records = records;
    this.changes = changes;
    this.hires = hires;
    this.one = one;
    this.signals = signals;
    this.json = json;
    this.windows = windows;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event) {
    thread =
        Thread.ofPlatform()
            .name("dispatcher")
            .daemon()
            .start(() -> {
              try {
                run();
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    signals.close();
    thread.join(LAST_WORK);
  }

  private void run() throws InterruptedException {
    int polls = 0;
    while (!signals.isClosing()) {
      long seen = signals.waitingWork().rings();
      boolean more = false;
      try {
        more = workThrough(polls++ % POLLS_BETWEEN_SWEEPS == 0);
      } catch (RuntimeException e) {
        LOG.warnf("waiting work was not given out, will be tried again: %s", e.toString());
      }
      if (!more) {
        signals.waitingWork().await(seen, POLL);
      }
    }
  }

  /// @param sweep whether to look for hires whose agent got room without this process hearing of it
  /// @return whether there may be more to do at once
  private boolean workThrough(boolean sweep) {
    List<UUID> withRoom = new ArrayList<>(signals.takeAgentsWithRoom());
    if (sweep) {
      withRoom.addAll(query(() -> openWork.agentsWithWaitingHires(BATCH)));
    }
    withRoom.forEach(this::fill);
    List<UUID> due = query(() -> tasks.matchesDue(clock.instant(), BATCH));
    due.forEach(id -> one.locked(id, this::match));
    return due.size() == BATCH;
  }

  /// An agent has room: its hires first, then what it suits.
  private void fill(UUID id) {
    Optional<Agent> agent =
        QuarkusTransaction.requiringNew().call(() -> agents.findByIdOptional(id));
    if (agent.isEmpty() || !agent.get().canTakeMore()) {
      return;
    }
    int room = Math.min(BATCH, agent.get().maxConcurrent() - agent.get().active());
    query(() -> openWork.hiresOf(id, room)).forEach(task -> one.locked(task, hires::moveOn));
    query(() -> openWork.matchingFor(agent.get(), room))
        .forEach(task -> one.locked(task, this::match));
  }

  private void match(Task task) {
    if (task.state != TaskState.MATCHING) {
      return;
    }
    Optional<Matching.Choice> choice =
        Matching.best(
            task.brief,
            task.buyer,
            task.budget,
            agents.candidates(task, CANDIDATES),
            records.formerAgentIds(task.id));
    if (choice.isPresent() && assign(task, choice.get())) {
      return;
    }
    task.clocks.matchAgain(windows, clock.instant());
  }

  private boolean assign(Task task, Matching.Choice choice) {
    Agent agent = agents.lock(choice.agent().id());
    if (!agent.canTakeMore()) {
      return false;
    }
    task.matchScore = json.write(choice.score());
    changes.carryOut(
        task, new Command.Assign(agent.id(), agent.account(), Hiring.MATCHED, task.price));
    return true;
  }

  private static List<UUID> query(Callable<List<UUID>> ids) {
    return QuarkusTransaction.requiringNew().call(ids);
  }
}
