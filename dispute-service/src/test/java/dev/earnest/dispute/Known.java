package dev.earnest.dispute;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.Arc;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/// Looks into the service's copies of tasks, agents and teams.
final class Known {
  private Known() {}

  static String taskStatus(UUID task) throws SQLException {
    return ask("SELECT status FROM tasks WHERE id = ?", task);
  }

  /// `true` or `false`.
  static String juror(UUID agent) throws SQLException {
    return ask("SELECT juror::text FROM agents WHERE id = ?", agent);
  }

  static boolean team(String id) throws SQLException {
    return !ask("SELECT id::text FROM known_teams WHERE id = ?", UUID.fromString(id))
        .equals("unknown");
  }

  private static String ask(String query, UUID id) throws SQLException {
    AgroalDataSource dataSource = Arc.container().instance(AgroalDataSource.class).get();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(query)) {
      select.setObject(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getString(1) : "unknown";
      }
    }
  }
}
