package dev.earnest.task.domain;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds work for an agent: the queues of claimable tasks, one for each set of skills that is asked
/// for, best first. An agent looks only into the queues that it covers.
@ApplicationScoped
class OpenWork {
  private static final String CLAIMABLE =
      "funded AND agent_id IS NULL AND (state = 'MATCHING' OR (state = 'PENDING' AND mode = 'OPEN'))";

  private static final String NOT_OWN = "(budget = 0 OR buyer <> :account)";

  /// The queues by their heads, then one queue after the other until a task in it is free. Only the
  /// task that is taken is locked.
  private static final String NEXT =
      """
      WITH queues AS MATERIALIZED (
        SELECT s.id, head.urgency, head.task_id
        FROM skill_sets s CROSS JOIN LATERAL (
          SELECT urgency, id AS task_id FROM tasks
          WHERE skill_set = s.id AND %1$s AND %2$s
          ORDER BY urgency DESC, id LIMIT 1) head
        WHERE s.keys <@ CAST(:offers AS text[])
        ORDER BY head.urgency DESC, head.task_id)
      SELECT task.* FROM queues CROSS JOIN LATERAL (
        SELECT * FROM tasks
        WHERE skill_set = queues.id AND %1$s AND %2$s
        ORDER BY urgency DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED) task
      LIMIT 1
      """
          .formatted(CLAIMABLE, NOT_OWN);

  private static final String RESERVED =
      """
      SELECT * FROM tasks
      WHERE funded AND state = 'PENDING' AND mode IN ('OPEN', 'BOARD') AND agent_id = :agent
      ORDER BY urgency DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED
      """;

  private static final String ON_BOARD =
      """
      SELECT * FROM tasks
      WHERE state = 'PENDING' AND mode = 'BOARD' AND agent_id IS NULL AND team = :team
      ORDER BY urgency DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED
      """;

  private static final String MATCHING =
      """
      SELECT task.id FROM skill_sets s CROSS JOIN LATERAL (
        SELECT id, urgency FROM tasks
        WHERE skill_set = s.id AND %1$s AND state = 'MATCHING'
        ORDER BY urgency DESC, id LIMIT :limit) task
      WHERE s.keys <@ CAST(:offers AS text[])
      ORDER BY task.urgency DESC, task.id LIMIT :limit
      """
          .formatted(CLAIMABLE);

  private static final String WAITING_HIRES =
      """
      SELECT id FROM tasks
      WHERE funded AND state = 'PENDING' AND mode = 'DIRECT' AND agent_id = :agent
      ORDER BY queue_rank DESC, id LIMIT :limit
      """;

  private static final String WAITS_BEFORE =
      """
      WITH me AS (SELECT queue_rank FROM tasks WHERE id = :task)
      SELECT EXISTS (
        SELECT FROM tasks
        WHERE funded AND state = 'PENDING' AND mode = 'DIRECT' AND agent_id = :agent
          AND queue_rank >= (SELECT queue_rank FROM me)
          AND (queue_rank > (SELECT queue_rank FROM me) OR id < :task))
      """;

  private static final String WAITING_AGENTS =
      """
      SELECT DISTINCT t.agent_id FROM tasks t JOIN agents a ON a.id = t.agent_id
      WHERE t.funded AND t.state = 'PENDING' AND t.mode = 'DIRECT' AND t.agent_id IS NOT NULL
        AND a.available
      LIMIT :limit
      """;

  private final EntityManager entities;

  OpenWork(EntityManager entities) {
    this.entities = entities;
  }

  /// The best task that the agent may claim and nobody else is about to take, locked: one that is
  /// kept for it, else one of its team's board, else the most urgent, the oldest of those.
  Optional<Task> next(Hireable agent) {
    @Nullable UUID team = agent.team();
    return reserved(agent.id()).or(() -> team == null ? queued(agent) : onBoard(team));
  }

  private Optional<Task> onBoard(UUID team) {
    return first(
        entities
            .createNativeQuery(ON_BOARD, Task.class)
            .setParameter("team", team)
            .getResultList());
  }

  private Optional<Task> reserved(UUID agent) {
    return first(
        entities
            .createNativeQuery(RESERVED, Task.class)
            .setParameter("agent", agent)
            .getResultList());
  }

  private Optional<Task> queued(Hireable agent) {
    return first(
        entities
            .createNativeQuery(NEXT, Task.class)
            .setParameter("offers", agent.offers().toArray(String[]::new))
            .setParameter("account", agent.account())
            .getResultList());
  }

  private static Optional<Task> first(List<?> found) {
    return found.isEmpty() ? Optional.empty() : Optional.of((Task) found.getFirst());
  }

  /// Tasks that wait for the matcher and that this agent could do, best first.
  List<UUID> matchingFor(Agent agent, int limit) {
    return entities
        .createNativeQuery(MATCHING, UUID.class)
        .setParameter("offers", agent.offers.toArray(String[]::new))
        .setParameter("limit", limit)
        .getResultList();
  }

  /// Funded hires that wait for this agent's room, best first.
  List<UUID> hiresOf(UUID agent, int limit) {
    return entities
        .createNativeQuery(WAITING_HIRES, UUID.class)
        .setParameter("agent", agent)
        .setParameter("limit", limit)
        .getResultList();
  }

  /// Whether a hire that waits for the same agent comes before this one.
  boolean waitsBefore(Task task, UUID agent) {
    return (Boolean)
        entities
            .createNativeQuery(WAITS_BEFORE, Boolean.class)
            .setParameter("task", task.id)
            .setParameter("agent", agent)
            .getSingleResult();
  }

  /// Agents that have room and funded hires waiting for it.
  List<UUID> agentsWithWaitingHires(int limit) {
    return entities
        .createNativeQuery(WAITING_AGENTS, UUID.class)
        .setParameter("limit", limit)
        .getResultList();
  }
}
