package dev.earnest.task.domain;

import static java.util.stream.Collectors.joining;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The table of tasks.
@ApplicationScoped
class TaskRepository implements PanacheRepositoryBase<Task, UUID> {
  /// Whose tasks a list shows.
  private static final String BY_BUYER = "SELECT id FROM tasks WHERE buyer = :account";

  private static final String BY_AGENT = "SELECT id FROM tasks WHERE agent_account = :account";

  private static final String BY_EMAIL =
      "SELECT id FROM tasks WHERE people <> '{}' AND people @> ARRAY[CAST(:email AS text)]";

  private static final String BY_TEAM = "SELECT id FROM tasks WHERE team = :team";

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
  /// @param offset how many tasks to leave out; a page has one of the two
  List<Task> page(TaskQuery query, @Nullable UUID after, long offset, int limit) {
    Map<String, Object> values = new HashMap<>();
    String sql = page(query, after, offset, limit, values);
    var select = getEntityManager().createNativeQuery(sql, Task.class);
    values.forEach(select::setParameter);
    @SuppressWarnings("unchecked")
    List<Task> page = select.getResultList();
    return page;
  }

  long count(TaskQuery query) {
    Map<String, Object> values = new HashMap<>();
    var select = getEntityManager().createNativeQuery(count(query, values), Long.class);
    values.forEach(select::setParameter);
    return (Long) select.getSingleResult();
  }

  /// The statement of a page.
  ///
  /// @param values gets what the statement's parameters are
  static String page(
      TaskQuery query, @Nullable UUID after, long offset, int limit, Map<String, Object> values) {
    String more = filters(query, after, values) + " ORDER BY id DESC LIMIT :most";
    values.put("most", offset + limit);
    values.put("limit", limit);
    values.put("offset", offset);
    return "SELECT * FROM tasks WHERE id IN (%s) ORDER BY id DESC LIMIT :limit OFFSET :offset"
        .formatted(union(query, more, values));
  }

  /// As [#page(TaskQuery, UUID, long, int, Map)], of a count.
  static String count(TaskQuery query, Map<String, Object> values) {
    return "SELECT count(*) FROM (" + union(query, filters(query, null, values), values) + ") t";
  }

  /// The ids of a view, each part of it narrowed down by itself, so that each finds its index.
  private static String union(TaskQuery query, String more, Map<String, Object> values) {
    List<String> parts = new ArrayList<>();
    switch (query.view()) {
      case BUYER -> parts.add(BY_BUYER);
      case AGENT -> parts.add(BY_AGENT);
      case PARTY -> parts.addAll(List.of(BY_BUYER, BY_AGENT));
      case SHARED -> parts.addAll(List.of(BY_BUYER, BY_AGENT, BY_EMAIL));
      case TEAM -> parts.add(BY_TEAM);
      case OPEN -> parts.add(OPEN);
    }
    if (query.email() == null) {
      parts.remove(BY_EMAIL);
    }
    String all = parts.stream().map(part -> "(" + part + more + ")").collect(joining(" UNION "));
    bind(values, all, "account", query.account());
    bind(values, all, "email", query.email());
    bind(values, all, "team", query.team());
    return all;
  }

  private static void bind(
      Map<String, Object> values, String sql, String name, @Nullable Object value) {
    if (sql.contains(":" + name)) {
      values.put(name, Objects.requireNonNull(value));
    }
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
    add(sql, values, "team = :team", "team", query.team());
    add(sql, values, "project_id = :project", "project", query.projectId());
    add(sql, values, "type = :type", "type", query.type());
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
