package dev.earnest.escrow.domain;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Runs statements on the current transaction's connection.
@ApplicationScoped
class Sql {
  private final AgroalDataSource dataSource;

  Sql(AgroalDataSource dataSource) {
    this.dataSource = dataSource;
  }

  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /// A column of values for `unnest(?::type[])`: many rows in one statement.
  record Column(String type, List<@Nullable Object> values) {
    static <T> Column of(String type, List<T> rows, Function<T, @Nullable Object> value) {
      List<@Nullable Object> values = new ArrayList<>(rows.size());
      rows.forEach(row -> values.add(value.apply(row)));
      return new Column(type, values);
    }
  }

  <T> List<T> query(String sql, Row<T> row, @Nullable Object... parameters) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, parameters);
      List<T> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(row.read(result));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException("a statement failed", e);
    }
  }

  int update(String sql, @Nullable Object... parameters) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, parameters);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("a statement failed", e);
    }
  }

  /// All that the transaction reads from here on is of one moment. It must be the first statement.
  void readSnapshot() {
    update("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
  }

  private static void bind(
      Connection connection, PreparedStatement statement, @Nullable Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      @Nullable Object value =
          switch (parameters[i]) {
            case Column column ->
                connection.createArrayOf(column.type(), column.values().toArray());
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case null -> null;
            case Object other -> other;
          };
      statement.setObject(i + 1, value);
    }
  }
}
