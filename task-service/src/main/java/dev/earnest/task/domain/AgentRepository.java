package dev.earnest.task.domain;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The table of agents.
@ApplicationScoped
class AgentRepository implements PanacheRepositoryBase<Agent, UUID> {
  private static final String CANDIDATES =
      """
      select new Hireable(id, account, status, available, offers, categories, basePrice, active,
        maxConcurrent, reputation, team)
      from Agent a
      where available and team is null and cast(sql('? @> cast(? as text[])', offers, :sought) as Boolean) and basePrice <= :budget
        and (:budget = 0 or account <> :buyer)
        and not exists (
          from Execution e
          where e.key.taskId = :task and e.agentId = a.id and e.outcome = 'RELEASED')
      order by reputation desc, id desc
      """;

  Optional<Hireable> hireable(UUID id) {
    return find("id", id).project(Hireable.class).firstResultOptional();
  }

  /// Locks an agent.
  Optional<Agent> find(UUID id) {
    return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
  }

  /// Locks an agent that a task refers to. Whoever holds a task's lock takes its agent's after it.
  Agent lock(UUID id) {
    return find(id).orElseThrow(() -> new IllegalStateException("agent " + id + " is gone"));
  }

  /// Locks agents in the order of their ids, as everybody who locks several does.
  List<Agent> lockAll(Collection<UUID> ids) {
    return find("id in ?1 order by id", ids).withLock(LockModeType.PESSIMISTIC_WRITE).list();
  }

  /// An account's agents on the marketplace, the first few.
  List<UUID> idsOf(String account, int limit) {
    return getEntityManager()
        .createQuery(
            "select id from Agent where account = ?1 and team is null order by id", UUID.class)
        .setParameter(1, account)
        .setMaxResults(limit)
        .getResultList();
  }

  /// Agents that the matcher may choose from: the ones of the highest reputation that cover what is
  /// sought, have room, ask for no more than the budget, and did not give the task back before.
  List<Hireable> candidates(Task task, int limit) {
    return getEntityManager()
        .createQuery(CANDIDATES, Hireable.class)
        .setParameter("sought", SkillSet.sought(task.brief).keys().toArray(String[]::new))
        .setParameter("budget", task.budget)
        .setParameter("buyer", task.buyer)
        .setParameter("task", task.id)
        .setMaxResults(limit)
        .getResultList();
  }
}
