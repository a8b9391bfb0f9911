package dev.earnest.messaging.domain;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// SQL in one line a statement, in the transaction of the caller where there is one. Lists are
/// bound as arrays, so that many rows are one round trip.
@ApplicationScoped
class Database {
  private final AgroalDataSource dataSource;

  Database(AgroalDataSource dataSource) {
    this.dataSource = dataSource;
  }

  @FunctionalInterface
  interface Mapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  /// Values for one statement, in the order of its question marks.
  static @Nullable Object[] values(@Nullable Object... values) {
    return values;
  }

  <T> List<T> query(String sql, Mapper<T> mapper, @Nullable Object... values) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, values);
      List<T> found = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(mapper.map(row));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException("query failed", e);
    }
  }

  int update(String sql, @Nullable Object... values) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, values);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("update failed", e);
    }
  }

  /// One statement for many rows of values, sent together.
  void batch(String sql, Collection<@Nullable Object[]> rows) {
    if (rows.isEmpty()) {
      return;
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (@Nullable Object[] row : rows) {
        bind(connection, statement, row);
        statement.addBatch();
      }
      statement.executeBatch();
    } catch (SQLException e) {
      throw new IllegalStateException("batch failed", e);
    }
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }

  static Instant requiredInstant(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column).toInstant();
  }

  static @Nullable UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  static UUID requiredUuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  private static void bind(
      Connection connection, PreparedStatement statement, @Nullable Object[] values)
      throws SQLException {
    int place = 1;
    for (@Nullable Object value : values) {
      switch (value) {
        case Instant instant -> statement.setTimestamp(place, Timestamp.from(instant));
        case Texts(Collection<?> texts) -> array(connection, statement, place, "text", texts);
        case Uuids(Collection<?> uuids) -> array(connection, statement, place, "uuid", uuids);
        case Longs(Collection<?> longs) -> array(connection, statement, place, "bigint", longs);
        case Ints(Collection<?> ints) -> array(connection, statement, place, "integer", ints);
        case Booleans(Collection<?> all) -> array(connection, statement, place, "boolean", all);
        case Times(Collection<? extends @Nullable Instant> times) ->
            array(connection, statement, place, "timestamptz", timestamps(times));
        case null, default -> statement.setObject(place, value);
      }
      place++;
    }
  }

  private static List<@Nullable Timestamp> timestamps(
      Collection<? extends @Nullable Instant> times) {
    List<@Nullable Timestamp> all = new ArrayList<>(times.size());
    for (@Nullable Instant time : times) {
      all.add(time == null ? null : Timestamp.from(time));
    }
    return all;
  }

  private static void array(
      Connection connection,
      PreparedStatement statement,
      int place,
      String type,
      Collection<? extends @Nullable Object> all)
      throws SQLException {
    statement.setArray(place, connection.createArrayOf(type, all.toArray()));
  }

  /// Bound as `text[]`.
  record Texts(Collection<String> texts) {}

  /// Bound as `uuid[]`.
  record Uuids(Collection<UUID> uuids) {}

  /// Bound as `bigint[]`.
  record Longs(Collection<Long> longs) {}

  /// Bound as `integer[]`.
  record Ints(Collection<Integer> ints) {}

  /// Bound as `boolean[]`.
  record Booleans(Collection<Boolean> booleans) {}

  /// Bound as `timestamptz[]`.
  record Times(Collection<? extends @Nullable Instant> times) {}
}
