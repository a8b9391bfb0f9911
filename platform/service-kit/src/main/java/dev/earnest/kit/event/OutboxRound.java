package dev.earnest.kit.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One round of the relay: one transaction, at most [#BATCH] events.
final class OutboxRound {
  private static final int BATCH = 1000;

  private static final String LOCK_LANES =
      "SELECT lane FROM generate_series(0, ? - 1) AS lane"
          + " WHERE pg_try_advisory_xact_lock(hashtext('earnest.outbox'), lane)";

  private static final String SELECT =
      """
      SELECT position, event_id, topic, key, type, subject, occurred_at, traceparent, data
      FROM outbox WHERE lane = ANY (?) ORDER BY position LIMIT ?
      """;

  private static final String DELETE = "DELETE FROM outbox WHERE position = ANY (?)";

  private final Connection connection;
  private final EventPublisher publisher;

  OutboxRound(Connection connection, EventPublisher publisher) {
    this.connection = connection;
    this.publisher = publisher;
  }

  record Result(int published, boolean full, boolean lanesLeftToOthers) {}

  Result publish() throws SQLException {
    connection.setAutoCommit(false);
    try {
      Result result = publishLockedLanes();
      connection.commit();
      return result;
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    }
  }

  private Result publishLockedLanes() throws SQLException {
    List<Short> lanes = lockLanes();
    boolean shared = lanes.size() < Outbox.LANES;
    List<Long> positions = new ArrayList<>();
    List<OutboxRow> rows = select(lanes, positions);
    if (!rows.isEmpty()) {
      publisher.publish(rows);
      delete(positions);
    }
    return new Result(rows.size(), rows.size() == BATCH, shared);
  }

  private List<Short> lockLanes() throws SQLException {
    List<Short> lanes = new ArrayList<>(Outbox.LANES);
    try (PreparedStatement lock = connection.prepareStatement(LOCK_LANES)) {
      lock.setInt(1, Outbox.LANES);
      try (ResultSet locked = lock.executeQuery()) {
        while (locked.next()) {
          lanes.add(locked.getShort(1));
        }
      }
    }
    return lanes;
  }

  private List<OutboxRow> select(List<Short> lanes, List<Long> positions) throws SQLException {
    List<OutboxRow> rows = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setArray(1, connection.createArrayOf("smallint", lanes.toArray()));
      select.setInt(2, BATCH);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          positions.add(row.getLong(1));
          rows.add(row(row));
        }
      }
    }
    return rows;
  }

  private static OutboxRow row(ResultSet row) throws SQLException {
    Instant occurredAt = row.getTimestamp(7).toInstant();
    @Nullable String traceparent = row.getString(8);
    return new OutboxRow(
        row.getObject(2, UUID.class),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        occurredAt,
        traceparent,
        row.getBytes(9));
  }

  private void delete(List<Long> positions) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setArray(1, connection.createArrayOf("bigint", positions.toArray()));
      delete.executeUpdate();
    }
  }
}
