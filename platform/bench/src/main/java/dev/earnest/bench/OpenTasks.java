package dev.earnest.bench;

import dev.earnest.local.postgres.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/// Very many claimable tasks, put into the running marketplace's database as they are, without
/// events or words to search for; and taken out again.
final class OpenTasks implements AutoCloseable {
  private static final String BUYER = "bench-open-work";

  private static final String ADD =
      """
      INSERT INTO tasks (id, version, state, buyer, title, description, capability, skill_set,
        required_skills, priority, mode, review, budget, price, currency, funded, attempt,
        max_attempts, deliveries, revisions, paused_millis, created_at, updated_at)
      SELECT uuidv7(), 1, 'PENDING', ?, 'Open work', 'For whoever comes', ?, ?, '{}',
        (ARRAY['LOW', 'NORMAL', 'HIGH', 'URGENT'])[1 + n % 4], 'OPEN', 'NONE', 0, 0, 'USDC', true,
        0, 3, 0, 0, 0, now(), now()
      FROM generate_series(1, ?) AS n
      """;

  private final Connection connection;
  private final String skill;
  private final UUID skillSet = UUID.randomUUID();
  private int open;

  OpenTasks(Postgres postgres, String skill) throws SQLException {
    this.connection = postgres.connectAsSuperuser("task");
    this.skill = skill;
    // Neither triggers nor foreign keys: a million rows come in seconds.
    execute("SET session_replication_role = replica");
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO skill_sets (id, keys) VALUES (?, ARRAY[?])")) {
      insert.setObject(1, skillSet);
      insert.setString(2, skill);
      insert.executeUpdate();
    }
  }

  void become(int wanted) throws SQLException {
    if (wanted < open) {
      remove();
    }
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      insert.setString(1, BUYER);
      insert.setString(2, skill);
      insert.setObject(3, skillSet);
      insert.setInt(4, wanted - open);
      insert.executeUpdate();
    }
    open = wanted;
    execute("VACUUM (ANALYZE) tasks");
  }

  private void remove() throws SQLException {
    execute(
        "DELETE FROM executions WHERE task_id IN (SELECT id FROM tasks WHERE buyer = '"
            + BUYER
            + "')");
    execute("DELETE FROM tasks WHERE buyer = '" + BUYER + "'");
    open = 0;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    remove();
    execute("VACUUM (ANALYZE) tasks");
    connection.close();
  }
}
