package dev.earnest.task.domain;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/// When a hire that waits for its agent's room is going to start.
///
/// The pace is what the agent's last completed work took on average, until it was delivered. What
/// the agent works on is over after that time, at its deadline at the latest; then what waits before
/// this task starts, in the queue's order, each as soon as a place is free, and takes as long. An
/// agent that has completed nothing yet is thought to use the time that it is given.
@ApplicationScoped
class QueueForecast {
  /// So many of the agent's last attempts say what its pace is.
  private static final int LAST_ATTEMPTS = 50;

  /// With places that are all free within one pace, the places are used in the order in which they
  /// get free, round by round. The first of more work than there is room for frees no place.
  private static final String START =
      """
      WITH me AS (
        SELECT t.queue_rank, a.max_concurrent AS room
        FROM tasks t, agents a WHERE t.id = :task AND a.id = :agent),
      working AS (
        SELECT assigned_at, deadline, timeout_seconds FROM tasks
        WHERE agent_id = :agent AND state IN ('EXECUTING', 'AWAITING_INPUT', 'ON_HOLD')),
      ahead AS (
        SELECT timeout_seconds FROM tasks
        WHERE funded AND state = 'PENDING' AND mode = 'DIRECT' AND agent_id = :agent
          AND queue_rank >= (SELECT queue_rank FROM me)
          AND (queue_rank > (SELECT queue_rank FROM me) OR id < :task)),
      taken AS (
        SELECT avg(coalesce(delivered.at, e.ended_at) - e.started_at) AS time
        FROM (
          SELECT * FROM executions WHERE agent_id = :agent
          ORDER BY ended_at DESC LIMIT :attempts) e
        CROSS JOIN LATERAL (
          SELECT max(delivered_at) AS at FROM deliveries d
          WHERE d.task_id = e.task_id AND d.attempt = e.attempt) delivered
        WHERE e.outcome = 'COMPLETED'),
      allowed AS (
        SELECT avg(coalesce(timeout_seconds, :allowed)) * interval '1 second' AS time
        FROM (SELECT timeout_seconds FROM working UNION ALL SELECT timeout_seconds FROM ahead) all_before),
      pace AS (
        SELECT coalesce(taken.time, allowed.time, interval '0') AS time FROM taken, allowed),
      place AS (
        SELECT a.tasks / me.room AS rounds,
          a.tasks % me.room + w.tasks - me.room AS after
        FROM me, (SELECT count(*) AS tasks FROM ahead) a, (SELECT count(*) AS tasks FROM working) w)
      SELECT place.rounds * pace.time + CASE WHEN place.after < 0 THEN CAST(:now AS timestamptz) ELSE (
        SELECT greatest(CAST(:now AS timestamptz), least(assigned_at + pace.time, deadline)) AS free
        FROM working ORDER BY free OFFSET place.after LIMIT 1) END
      FROM place, pace
      """;

  private final EntityManager entities;
  private final Windows windows;
  private final InstantSource clock;

  QueueForecast(EntityManager entities, Windows windows, InstantSource clock) {
    this.entities = entities;
    this.windows = windows;
    this.clock = clock;
  }

  /// @param task a hire that waits
  Instant start(UUID task, UUID agent) {
    return (Instant)
        entities
            .createNativeQuery(START, Instant.class)
            .setParameter("task", task)
            .setParameter("agent", agent)
            .setParameter("attempts", LAST_ATTEMPTS)
            .setParameter("allowed", windows.delivery().toSeconds())
            .setParameter("now", clock.instant())
            .getSingleResult();
  }
}
