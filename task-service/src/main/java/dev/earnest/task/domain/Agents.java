package dev.earnest.task.domain;

import dev.earnest.kit.event.Outbox;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/// Registers agents and shows them.
@ApplicationScoped
public class Agents {
  private static final String SLUG_CONSTRAINT = "agents_slug_key";

  private final AgentRepository agents;
  private final Outbox outbox;
  private final Secrets secrets;
  private final Ids ids;
  private final InstantSource clock;

  Agents(AgentRepository agents, Outbox outbox, Secrets secrets, Ids ids, InstantSource clock) {
    this.agents = agents;
    this.outbox = outbox;
    this.secrets = secrets;
    this.ids = ids;
    this.clock = clock;
  }

  /// @throws Refusal 409 `slug_taken`
  @Transactional
  public Agent register(NewAgent wanted) {
    @Nullable String secret = wanted.webhookSecret();
    Agent agent =
        new Agent(
            ids.next(), wanted, secret == null ? null : secrets.seal(secret), clock.instant());
    persist(agent);
    outbox.append(agent.changed());
    return agent;
  }

  /// The table's constraint is the one check: of many at once with one slug it lets one in.
  private void persist(Agent agent) {
    try {
      agents.persistAndFlush(agent);
    } catch (ConstraintViolationException violated) {
      if (SLUG_CONSTRAINT.equals(violated.getConstraintName())) {
        throw Refusal.conflict("slug_taken", "Another agent has this slug.");
      }
      throw violated;
    }
  }

  /// @throws Refusal 404
  @Transactional
  public Agent get(UUID id) {
    return agents.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("agent"));
  }
}
