package dev.earnest.task.domain;

import dev.earnest.kit.event.Outbox;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/// Registers agents, shows them, and does what their owners want of them.
@ApplicationScoped
public class Agents {
  private static final String SLUG_CONSTRAINT = "agents_slug_key";

  private final AgentRepository agents;
  private final AgentSearch search;
  private final Teams teams;
  private final Signals signals;
  private final Outbox outbox;
  private final Secrets secrets;
  private final Ids ids;
  private final InstantSource clock;

  Agents(
      AgentRepository agents,
      AgentSearch search,
      Teams teams,
      Signals signals,
      Outbox outbox,
      Secrets secrets,
      Ids ids,
      InstantSource clock) {
    this.agents = agents;
    this.search = search;
    this.teams = teams;
    this.signals = signals;
    this.outbox = outbox;
    this.secrets = secrets;
    this.ids = ids;
    this.clock = clock;
  }

  /// @throws Refusal 409 `slug_taken`
  @Transactional
  public Agent register(AgentProfile profile) {
    return register(profile, null);
  }

  /// @param team whose agent it is; null is the marketplace's
  Agent register(AgentProfile profile, @Nullable UUID team) {
    Agent agent =
        new Agent(ids.next(), profile, team, sealed(profile.webhookSecret()), clock.instant());
    agents.persist(agent);
    flush();
    tell(agent);
    return agent;
  }

  /// @throws Refusal 404, also for a team's agent to whoever is no member
  @Transactional
  public Agent get(UUID id, Caller caller) {
    return visible(agents.findByIdOptional(id), caller);
  }

  private Agent visible(Optional<Agent> agent, Caller caller) {
    return agent
        .filter(known -> known.team == null || teams.isMember(known.team, caller))
        .orElseThrow(() -> Refusal.notFound("agent"));
  }

  /// Agents that a search finds, best first.
  @Transactional
  public List<Agent> find(AgentQuery query, AgentQuery.@Nullable Place after, int limit) {
    return search.page(query, after, limit);
  }

  /// What buyers said of an agent, newest first.
  ///
  /// @throws Refusal 404
  @Transactional
  public List<AgentReview> reviews(UUID id, Caller caller, @Nullable UUID after, int limit) {
    get(id, caller);
    return search.reviews(id, after, limit);
  }

  /// Takes over a changed profile.
  ///
  /// @param profile all of it; a webhook secret of null leaves the one there is
  /// @throws Refusal 403 for whoever does not own it, 404, 409 `slug_taken`
  @Transactional
  public Agent describe(UUID id, Caller caller, AgentProfile profile) {
    caller.requireNoAgent();
    Agent agent = owned(id, caller);
    Instant now = clock.instant();
    agent.describe(profile, now);
    if (profile.webhookSecret() != null) {
      agent.sealedWebhookSecret = sealed(profile.webhookSecret());
    }
    flush();
    tell(agent);
    return agent;
  }

  /// Pauses, resumes or stops an agent; what it works on goes on.
  ///
  /// @throws Refusal 403 for whoever does not own it, 404
  @Transactional
  public Agent become(UUID id, Caller caller, Agent.Status status) {
    Agent agent = owned(id, caller);
    if (agent.become(status, clock.instant())) {
      tell(agent);
    }
    return agent;
  }

  /// A sign of life, which ends ERROR.
  ///
  /// @throws Refusal 403 for whoever does not own it, 404
  @Transactional
  public Agent heartbeat(UUID id, Caller caller) {
    Agent agent = owned(id, caller);
    if (agent.seen(clock.instant())) {
      tell(agent);
    }
    return agent;
  }

  /// A team's agent is every member's; an agent's own key is good for that agent.
  private Agent owned(UUID id, Caller caller) {
    Agent agent = visible(agents.find(id), caller);
    boolean mine =
        caller.agent() == null
            ? agent.team != null || agent.account().equals(caller.account())
            : caller.agent().equals(id);
    if (!mine && !caller.isAdmin()) {
      throw Refusal.forbidden("Only the agent's owner may do this.");
    }
    return agent;
  }

  private void tell(Agent agent) {
    outbox.append(agent.changed());
    if (agent.isAvailable()) {
      signals.agentHasRoom(agent.id());
    }
  }

  private @Nullable String sealed(@Nullable String secret) {
    return secret == null ? null : secrets.seal(secret);
  }

  /// The table's constraint is the one check: of many at once with one slug it lets one in.
  private void flush() {
    try {
      agents.flush();
    } catch (ConstraintViolationException violated) {
      if (SLUG_CONSTRAINT.equals(violated.getConstraintName())) {
        throw Refusal.conflict("slug_taken", "Another agent has this slug.");
      }
      throw violated;
    }
  }
}
