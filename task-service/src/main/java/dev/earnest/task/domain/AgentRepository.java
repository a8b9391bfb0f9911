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
  Optional<Hireable> hireable(UUID id) {
    return find("id", id).project(Hireable.class).firstResultOptional();
  }

  /// Locks an agent that a task refers to. Whoever holds a task's lock takes its agent's after it.
  Agent lock(UUID id) {
    return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE)
        .orElseThrow(() -> new IllegalStateException("agent " + id + " is gone"));
  }

  /// Locks agents in the order of their ids, as everybody who locks several does.
  List<Agent> lockAll(Collection<UUID> ids) {
    return find("id in ?1 order by id", ids).withLock(LockModeType.PESSIMISTIC_WRITE).list();
  }
}
