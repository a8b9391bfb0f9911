package dev.earnest.dispute.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The table of what we know of tasks. A batch of news is one round trip.
@ApplicationScoped
public class TaskCopies {
  // Sorted, so that two consumers never wait for each other in a circle.
  private static final String UPSERT =
      """
      INSERT INTO tasks (id, version, status, title, buyer, agent, agent_account, team, assignees,
                         followers)
      SELECT * FROM jsonb_to_recordset(?::jsonb) AS news
        (id uuid, version bigint, status text, title text, buyer text, agent uuid,
         "agentAccount" text, team text, assignees text[], followers text[])
      ORDER BY id
      ON CONFLICT (id) DO UPDATE SET
        version = excluded.version, status = excluded.status, title = excluded.title,
        agent = excluded.agent, agent_account = excluded.agent_account, team = excluded.team,
        assignees = excluded.assignees, followers = excluded.followers
      WHERE tasks.version < excluded.version
      """;

  private static final String SELECT =
      """
      SELECT id, version, status, title, buyer, agent, agent_account, team, assignees, followers
      FROM tasks WHERE id = ?
      """;

  /// Everything about them goes; what stays is that nothing heard late brings them back.
  private static final String ERASE =
      """
      WITH gone AS MATERIALIZED (SELECT id FROM disputes WHERE task_id = ANY (?)),
        e AS (DELETE FROM evidence WHERE dispute_id IN (SELECT id FROM gone)),
        s AS (DELETE FROM steps WHERE dispute_id IN (SELECT id FROM gone)),
        o AS (DELETE FROM offers WHERE dispute_id IN (SELECT id FROM gone)),
        j AS (DELETE FROM jurors WHERE dispute_id IN (SELECT id FROM gone)),
        c AS (DELETE FROM case_files WHERE dispute_id IN (SELECT id FROM gone)),
        d AS (DELETE FROM disputes WHERE id IN (SELECT id FROM gone))
      UPDATE tasks SET version = 9223372036854775807, status = 'DELETED', title = '', buyer = '',
        agent = NULL, agent_account = NULL, team = NULL, assignees = '{}', followers = '{}'
      WHERE id = ANY (?)
      """;

  private final AgroalDataSource dataSource;
  private final ObjectMapper json;

  public TaskCopies(AgroalDataSource dataSource, ObjectMapper json) {
    this.dataSource = dataSource;
    this.json = json;
  }

  /// Takes over what is newer than what is known. One entry a task.
  public void update(Collection<TaskCopy> news) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      upsert.setString(1, json.writeValueAsString(news));
      upsert.executeUpdate();
    } catch (SQLException | JsonProcessingException e) {
      throw new IllegalStateException("cannot write what is known of tasks", e);
    }
  }

  /// Erases all that is kept of deleted tasks.
  public void erase(Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return;
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement erase = connection.prepareStatement(ERASE)) {
      Array array = connection.createArrayOf("uuid", ids.toArray());
      erase.setArray(1, array);
      erase.setArray(2, array);
      erase.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot erase what is known of tasks", e);
    }
  }

  Optional<TaskCopy> find(UUID id) {
    return select(SELECT, id);
  }

  /// As [#find], holding the row's lock until the transaction ends.
  Optional<TaskCopy> lock(UUID id) {
    return select(SELECT + "FOR UPDATE", id);
  }

  private Optional<TaskCopy> select(String sql, UUID id) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(copy(row)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read what is known of a task", e);
    }
  }

  private static TaskCopy copy(ResultSet row) throws SQLException {
    return new TaskCopy(
        row.getObject("id", UUID.class),
        row.getLong("version"),
        row.getString("status"),
        row.getString("title"),
        row.getString("buyer"),
        row.getObject("agent", UUID.class),
        row.getString("agent_account"),
        row.getString("team"),
        texts(row.getArray("assignees")),
        texts(row.getArray("followers")));
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
