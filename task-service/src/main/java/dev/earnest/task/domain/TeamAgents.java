package dev.earnest.task.domain;

import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The agents of teams, which take the work of their team's board and come with tokens of their own.
/// Every member may do with them what an owner may with theirs.
@ApplicationScoped
public class TeamAgents {
  private final Teams teams;
  private final Agents agents;
  private final AgentRepository repository;
  private final AgentSearch search;
  private final KeyRing keys;

  TeamAgents(
      Teams teams, Agents agents, AgentRepository repository, AgentSearch search, KeyRing keys) {
    this.teams = teams;
    this.agents = agents;
    this.repository = repository;
    this.search = search;
    this.keys = keys;
  }

  /// @param token which the agent comes with, as nobody can read it again; null where none was made
  public record Equipped(Agent agent, @Nullable String token) {}

  /// @param status null leaves it as it is
  public record Change(AgentProfile profile, Agent.@Nullable Status status) {}

  /// Makes an agent. It gets a token at once, but from an API key: keys make no keys.
  ///
  /// @throws Refusal 403 to an agent's own key; 404 for whoever is no member
  @Transactional
  public Equipped make(UUID team, Caller caller, AgentProfile profile) {
    teams.requireMember(team, caller);
    caller.requireNoAgent();
    Agent agent = agents.register(profile, team);
    return new Equipped(agent, caller.apiKey() == null ? keys.rotate(agent).secret() : null);
  }

  /// A team's agents, oldest first.
  ///
  /// @throws Refusal 404 for whoever is no member
  @Transactional
  public List<Agent> list(UUID team, Caller caller, @Nullable UUID after, int limit) {
    teams.requireMember(team, caller);
    return search.ofTeam(team, after, limit);
  }

  /// @throws Refusal 404, also for agents that are no team's
  @Transactional
  public Agent get(UUID id, Caller caller) {
    Agent agent = agents.get(id, caller);
    if (agent.team == null) {
      throw Refusal.notFound("agent");
    }
    return agent;
  }

  /// Changes an agent, which nobody else changes meanwhile.
  ///
  /// @throws Refusal 403 to an agent's own key; 404
  @Transactional
  public Agent change(UUID id, Caller caller, Function<Agent, Change> wanted) {
    Agent agent = locked(id, caller);
    Change change = wanted.apply(agent);
    agents.describe(id, caller, change.profile());
    return change.status() == null ? agent : agents.become(id, caller, change.status());
  }

  /// Gives an agent a new token; those it had are good no more.
  ///
  /// @throws Refusal 403 to API keys; 404
  @Transactional
  public Equipped rotateToken(UUID id, Caller caller) {
    Agent agent = locked(id, caller);
    caller.requirePerson();
    return new Equipped(agent, keys.rotate(agent).secret());
  }

  private Agent locked(UUID id, Caller caller) {
    Agent agent = repository.find(id).orElseThrow(() -> Refusal.notFound("agent"));
    if (agent.team == null || !teams.isMember(agent.team, caller)) {
      throw Refusal.notFound("agent");
    }
    caller.requireNoAgent();
    return agent;
  }
}
