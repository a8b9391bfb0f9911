package dev.earnest.task.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Lists and searches find their rows by index, however many tasks there are: asked of PostgreSQL
/// with thousands of tasks, which nobody else sees.
@TaskServiceTest
class TaskListPlanTest {
  private static final int MANY = 20_000;
  private static final String BUYER = "buyer-with-many-tasks";
  private static final Pattern PARAMETER = Pattern.compile(":(\\w+)");
  private static final String EMAIL = "follower@example.com";

  /// Every thousandth task is followed, and has the word.
  private static final String FILL =
      """
      INSERT INTO tasks (id, version, state, buyer, title, description, required_skills, priority,
        mode, review, budget, price, currency, funded, agent_id, agent_account, attempt,
        max_attempts, deliveries, revisions, paused_millis, created_at, updated_at, followers)
      SELECT gen_random_uuid(), 1, 'PENDING',
        CASE WHEN mod(n, 2) = 0 THEN '%s' ELSE 'other-' || n END, 'Title ' || n,
        CASE WHEN mod(n, 1000) = 0 THEN 'a needle' ELSE 'some hay' END, '{}', 'NORMAL',
        'MANUAL', 'NONE', 0, 0, 'USDC', true, CAST('%s' AS uuid), 'owner-' || n, 0,
        3, 0, 0, 0, now(), now(),
        CASE WHEN mod(n, 1000) = 0 THEN ARRAY['%s'] ELSE ARRAY['x' || n || '@example.com'] END
      FROM generate_series(1, %d) n
      """;

  @ConfigProperty(name = "quarkus.datasource.jdbc.url")
  String url;

  @ConfigProperty(name = "quarkus.flyway.username")
  String owner;

  @ConfigProperty(name = "quarkus.flyway.password")
  String password;

  @Test
  void theSharedListUsesAnIndexForEachOfItsParts() throws SQLException {
    Map<String, Object> values = new HashMap<>();
    String sql = TaskRepository.page(query(TaskQuery.View.SHARED, null), null, 0, 20, values);
    assertThat(plan(sql, values))
        .contains("tasks_buyer")
        .contains("tasks_agent_account")
        .contains("tasks_people")
        .doesNotContain("Seq Scan on tasks");
  }

  @Test
  void theSharedListIsCountedByIndex() throws SQLException {
    Map<String, Object> values = new HashMap<>();
    String sql = TaskRepository.count(query(TaskQuery.View.SHARED, null), values);
    assertThat(plan(sql, values)).contains("tasks_people").contains("tasks_agent_account");
  }

  @Test
  void theSearchUsesItsIndex() throws SQLException {
    Map<String, Object> values = new HashMap<>();
    String sql = TaskRepository.page(query(TaskQuery.View.SHARED, "needle"), null, 0, 20, values);
    assertThat(plan(sql, values))
        .contains("task_texts_document")
        .doesNotContain("Seq Scan on tasks")
        .doesNotContain("Seq Scan on task_texts");
  }

  @Test
  void theSearchIsCountedByItsIndex() throws SQLException {
    Map<String, Object> values = new HashMap<>();
    String sql = TaskRepository.count(query(TaskQuery.View.BUYER, "needle"), values);
    assertThat(plan(sql, values))
        .contains("task_texts_document")
        .doesNotContain("Seq Scan on task_texts");
  }

  private static TaskQuery query(TaskQuery.View view, @Nullable String search) {
    return new TaskQuery(BUYER, view, Set.of(), null, null, null, search, null, null, null, EMAIL);
  }

  /// What PostgreSQL would do, by its statistics of these tasks.
  private String plan(String sql, Map<String, Object> values) throws SQLException {
    String agent = new Market().agent;
    try (Connection connection = DriverManager.getConnection(url, owner, password);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate(FILL.formatted(BUYER, agent, EMAIL, MANY));
      // as vacuum does in its own time: what is still pending makes the index look dear
      statement.execute(
          "SELECT gin_clean_pending_list('task_texts_document'), gin_clean_pending_list('tasks_people')");
      statement.execute("ANALYZE tasks, task_texts");
      StringBuilder plan = new StringBuilder();
      try (ResultSet lines = statement.executeQuery("EXPLAIN " + withLiterals(sql, values))) {
        while (lines.next()) {
          plan.append(lines.getString(1)).append('\n');
        }
      }
      connection.rollback();
      return plan.toString();
    }
  }

  private static String withLiterals(String sql, Map<String, Object> values) {
    return PARAMETER
        .matcher(sql)
        .replaceAll(name -> {
          Object value = Objects.requireNonNull(values.get(name.group(1)));
          return value instanceof Number ? value.toString() : "'" + value + "'";
        });
  }
}
