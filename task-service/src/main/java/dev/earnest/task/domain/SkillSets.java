package dev.earnest.task.domain;

import dev.earnest.kit.event.AfterCommit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// The table of skill sets that tasks ask for. It only grows, by what nobody asked for before; what
/// this process has seen committed is not written again.
@ApplicationScoped
class SkillSets {
  private static final int MOST_REMEMBERED = 10_000;

  private final EntityManager entities;
  private final AfterCommit afterCommit;
  private final Set<UUID> known = ConcurrentHashMap.newKeySet();

  SkillSets(EntityManager entities, AfterCommit afterCommit) {
    this.entities = entities;
    this.afterCommit = afterCommit;
  }

  /// Makes sure that a set is there before a task refers to it.
  void know(SkillSet set) {
    UUID id = set.id();
    if (set.keys().isEmpty() || known.contains(id)) {
      return;
    }
    entities
        .createNativeQuery(
            "INSERT INTO skill_sets (id, keys) VALUES (:id, CAST(:keys AS text[]))"
                + " ON CONFLICT DO NOTHING")
        .setParameter("id", id)
        .setParameter("keys", set.keys().toArray(String[]::new))
        .executeUpdate();
    afterCommit.run(() -> {
      if (known.size() < MOST_REMEMBERED) {
        known.add(id);
      }
    });
  }
}
