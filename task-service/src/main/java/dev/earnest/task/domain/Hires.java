package dev.earnest.task.domain;

import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.ApiKey;
import dev.earnest.kit.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who may be given a task, and when a funded one goes on: to the agent it names, or to the matcher.
@ApplicationScoped
class Hires {
  private final AgentRepository agents;
  private final Teams teams;
  private final OpenWork openWork;
  private final TaskChanges changes;
  private final Signals signals;

  Hires(
      AgentRepository agents,
      Teams teams,
      OpenWork openWork,
      TaskChanges changes,
      Signals signals) {
    this.agents = agents;
    this.teams = teams;
    this.openWork = openWork;
    this.changes = changes;
    this.signals = signals;
  }

  /// An agent that a buyer names. A team's agents are there for its members; a team's work is for
  /// them alone.
  ///
  /// @param field where it was named
  /// @param team whose work it is, null where it is the buyer's own
  /// @param paid whether money is paid for the work
  /// @throws Refusal 400 when there is no such agent; 409 `agent_unavailable` when it is not ACTIVE,
  ///     `own_agent` when the buyer would pay their own agent
  Hireable named(String field, UUID agentId, String buyer, @Nullable UUID team, boolean paid) {
    Hireable agent =
        agents
            .hireable(agentId)
            .filter(known -> team == null ? isThereFor(buyer, known) : known.isIn(team))
            .orElseThrow(() -> Refusal.invalid(field, "there is no such agent"));
    assertActive(agent.status());
    if (paid && agent.account().equals(buyer)) {
      throw Refusal.conflict("own_agent", "One's own agent cannot be hired with money.");
    }
    return agent;
  }

  private boolean isThereFor(String buyer, Hireable agent) {
    return agent.team() == null || teams.isMember(agent.team(), buyer);
  }

  /// An agent for which its owner acts, or a member of its team.
  ///
  /// @param agentId null where the owner has one agent only
  /// @throws Refusal 400 when there is no such agent or it must be named; 403 when it is another's;
  ///     409 `agent_unavailable` when it is not ACTIVE
  Hireable own(@Nullable UUID agentId, Caller caller) {
    String account = caller.account();
    @Nullable UUID named = named(agentId, caller);
    Hireable agent =
        agents
            .hireable(named == null ? only(account) : named)
            .orElseThrow(() -> Refusal.invalid("agentId", "there is no such agent"));
    boolean mine =
        agent.team() == null
            ? agent.account().equals(account)
            : teams.isMember(agent.team(), caller);
    if (!mine) {
      throw Refusal.forbidden("The agent belongs to another account.");
    }
    assertActive(agent.status());
    return agent;
  }

  /// The agent that a request names; what comes with an agent's own key is that agent's.
  private static @Nullable UUID named(@Nullable UUID agentId, Caller caller) {
    @Nullable ApiKey key = caller.apiKey();
    if (key == null || key.agent() == null) {
      return agentId;
    }
    if (agentId != null && !agentId.equals(key.agent())) {
      throw Refusal.forbidden("The key is another agent's.");
    }
    return key.agent();
  }

  private UUID only(String account) {
    List<UUID> mine = agents.idsOf(account, 2);
    if (mine.size() != 1) {
      throw Refusal.invalid(
          "agentId", mine.isEmpty() ? "you have no agent" : "say which of your agents");
    }
    return mine.getFirst();
  }

  /// Locks an agent that is about to get a task; the caller holds the task's lock.
  ///
  /// @throws Refusal 409 `agent_unavailable` when it is not ACTIVE, `agent_full` when it has no room
  Agent lockWithRoom(UUID agentId) {
    Agent agent = agents.lock(agentId);
    assertActive(agent.status());
    if (!agent.canTakeMore()) {
      throw Refusal.conflict(
          "agent_full", "The agent works on " + agent.active() + " tasks and takes no more.");
    }
    return agent;
  }

  private static void assertActive(Agent.Status status) {
    if (status != Agent.Status.ACTIVE) {
      throw Refusal.conflict("agent_unavailable", "The agent is " + status + ".");
    }
  }

  /// @throws Refusal 409 `skills_missing` when the agent lacks a skill that the task requires
  static void assertCovers(Hireable agent, Brief brief) {
    SkillSet asked = SkillSet.asked(brief.requiredSkills(), brief.capability());
    if (!new SkillSet(agent.offers()).covers(asked)) {
      throw Refusal.conflict(
          "skills_missing",
          "The agent lacks a skill that the task requires: " + asked.keys() + ".");
    }
  }

  /// A new task takes its place in its agent's queue: where priorities order that, nobody starts who
  /// came while others, that go before, are about to.
  void enqueue(Task task) {
    boolean ordered = task.mode() == Mode.DIRECT && task.labels().queuePriority() != null;
    @Nullable UUID agentId = ordered ? task.agentId() : null;
    if (agentId != null
        && agents.lock(agentId).canTakeMore()
        && openWork.waitsBefore(task, agentId)) {
      signals.agentHasRoom(agentId);
      return;
    }
    moveOn(task);
  }

  /// A funded direct task goes on: its hire starts if there is room, else it waits; without a hire
  /// it is for the matcher. The caller holds the task's lock.
  void moveOn(Task task) {
    if (task.state() != TaskState.PENDING || !task.isFunded() || task.mode() != Mode.DIRECT) {
      return;
    }
    if (task.agentId() == null) {
      changes.carryOut(task, new Command.Match());
      return;
    }
    Agent agent = agents.lock(task.agentId());
    if (agent.canTakeMore()) {
      changes.carryOut(
          task,
          new Command.Assign(agent.id(), agent.account(), Hiring.DIRECT, task.price().micros()));
    }
  }
}
