package dev.earnest.task.domain;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The table of tasks.
@ApplicationScoped
class TaskRepository implements PanacheRepositoryBase<Task, UUID> {
  /// Whose tasks a list shows.
  private static final String BY_BUYER = "SELECT id FROM tasks WHERE buyer = :account";

  private static final String BY_AGENT = "SELECT id FROM tasks WHERE agent_account = :account";

  private static final String DUE =
      """
      SELECT id FROM tasks
      WHERE wake_at <= :now AND state <> 'DELIVERED'
      ORDER BY wake_at LIMIT :limit
      """;

  /// A review that somebody's parked word is about is not ended by silence.
  private static final String REVIEWS_DUE =
      """
      SELECT id FROM tasks t
      WHERE wake_at <= :now AND state = 'DELIVERED'
        AND NOT EXISTS (
          SELECT FROM dead_letters d WHERE d.key = t.id::text AND d.replayed_at IS NULL)
      ORDER BY wake_at LIMIT :limit
      """;

  private static final String STARTABLE =
      """
      SELECT t.id FROM tasks t JOIN agents a ON a.id = t.agent_id
      WHERE t.state = 'PENDING' AND t.funded AND t.mode = 'DIRECT'
        AND a.status = 'ACTIVE' AND a.active < a.max_concurrent
      ORDER BY t.id LIMIT :limit
      """;

  Optional<Task> lock(UUID id) {
    return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
  }

  /// Locks tasks in the order of their ids, as everybody who locks several does.
  List<Task> lockAll(Collection<UUID> ids) {
    return find("id in ?1 order by id", ids).withLock(LockModeType.PESSIMISTIC_WRITE).list();
  }

  /// A page of an account's tasks, newest first.
  ///
  /// @param after the last id of the page before, null for the first page
  List<Task> page(TaskQuery query, @Nullable UUID after, int limit) {
    String more =
        (query.state() == null ? "" : " AND state = :state")
            + (after == null ? "" : " AND id < :after")
            + " ORDER BY id DESC LIMIT :limit";
    String ids =
        switch (query.view()) {
          case BUYER -> BY_BUYER + more;
          case AGENT -> BY_AGENT + more;
          case PARTY -> "(" + BY_BUYER + more + ") UNION (" + BY_AGENT + more + ")";
        };
    String sql = "SELECT * FROM tasks WHERE id IN (" + ids + ") ORDER BY id DESC LIMIT :limit";
    var select =
        getEntityManager()
            .createNativeQuery(sql, Task.class)
            .setParameter("account", query.account())
            .setParameter("limit", limit);
    if (query.state() != null) {
      select.setParameter("state", query.state().name());
    }
    if (after != null) {
      select.setParameter("after", after);
    }
    @SuppressWarnings("unchecked")
    List<Task> page = select.getResultList();
    return page;
  }

  /// Tasks whose next clock has run out, but for review windows.
  List<UUID> due(Instant now, int limit) {
    return due(DUE, now, limit);
  }

  /// Tasks whose review window has run out.
  List<UUID> reviewsDue(Instant now, int limit) {
    return due(REVIEWS_DUE, now, limit);
  }

  private List<UUID> due(String query, Instant now, int limit) {
    return getEntityManager()
        .createNativeQuery(query, UUID.class)
        .setParameter("now", now)
        .setParameter("limit", limit)
        .getResultList();
  }

  /// Funded hires whose agent has room again, oldest first.
  List<UUID> startable(int limit) {
    return getEntityManager()
        .createNativeQuery(STARTABLE, UUID.class)
        .setParameter("limit", limit)
        .getResultList();
  }
}
