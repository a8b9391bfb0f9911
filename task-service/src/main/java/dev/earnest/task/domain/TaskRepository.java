package dev.earnest.task.domain;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The table of tasks.
@ApplicationScoped
class TaskRepository implements PanacheRepositoryBase<Task, UUID> {
  /// Whose tasks a list shows.
  private static final String BY_BUYER = "SELECT id FROM tasks WHERE buyer = :account";

  private static final String BY_AGENT = "SELECT id FROM tasks WHERE agent_account = :account";

  private static final String OPEN =
      "SELECT id FROM tasks WHERE funded AND agent_id IS NULL AND state IN ('PENDING', 'MATCHING')";

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

  private static final String MATCHES_DUE =
      """
      SELECT id FROM tasks WHERE match_at <= :now ORDER BY urgency DESC, match_at, id LIMIT :limit
      """;

  private static final String MATCHES =
      "id IN (SELECT task_id FROM task_texts"
          + " WHERE document @@ websearch_to_tsquery('simple', :search))";

  Optional<Task> lock(UUID id) {
    return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
  }

  Optional<TaskState> state(UUID id) {
    return find("select state from Task where id = ?1", id)
        .project(TaskState.class)
        .firstResultOptional();
  }

  /// Locks tasks in the order of their ids, as everybody who locks several does.
  List<Task> lockAll(Collection<UUID> ids) {
    return find("id in ?1 order by id", ids).withLock(LockModeType.PESSIMISTIC_WRITE).list();
  }

  /// A page of tasks, newest first.
  ///
  /// @param after the last id of the page before, null for the first page
  List<Task> page(TaskQuery query, @Nullable UUID after, int limit) {
    Map<String, Object> values = new HashMap<>();
    values.put("limit", limit);
    String more = filters(query, after, values) + " ORDER BY id DESC LIMIT :limit";
    String ids =
        switch (query.view()) {
          case BUYER -> BY_BUYER + more;
          case AGENT -> BY_AGENT + more;
          case PARTY -> "(" + BY_BUYER + more + ") UNION (" + BY_AGENT + more + ")";
          case OPEN -> OPEN + more;
        };
    if (query.view() != TaskQuery.View.OPEN) {
      values.put("account", query.account());
    }
    String sql = "SELECT * FROM tasks WHERE id IN (" + ids + ") ORDER BY id DESC LIMIT :limit";
    var select = getEntityManager().createNativeQuery(sql, Task.class);
    values.forEach(select::setParameter);
    @SuppressWarnings("unchecked")
    List<Task> page = select.getResultList();
    return page;
  }

  private static String filters(TaskQuery query, @Nullable UUID after, Map<String, Object> values) {
    StringBuilder sql = new StringBuilder();
    if (!query.states().isEmpty()) {
      sql.append(" AND state IN (:states)");
      values.put("states", query.states().stream().map(Enum::name).toList());
    }
    add(sql, values, "agent_id = :agent", "agent", query.agentId());
    add(sql, values, "category = :category", "category", name(query.category()));
    add(sql, values, "priority = :priority", "priority", name(query.priority()));
    add(sql, values, MATCHES, "search", query.search());
    add(sql, values, "id < :after", "after", after);
    return sql.toString();
  }

  private static @Nullable String name(@Nullable Enum<?> word) {
    return word == null ? null : word.name();
  }

  private static void add(
      StringBuilder sql,
      Map<String, Object> values,
      String condition,
      String name,
      @Nullable Object value) {
    if (value != null) {
      sql.append(" AND ").append(condition);
      values.put(name, value);
    }
  }

  /// Tasks that the matcher looks at now, the most urgent first.
  List<UUID> matchesDue(Instant now, int limit) {
    return due(MATCHES_DUE, now, limit);
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
}
