package dev.earnest.messaging;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/// The service's database, as its owner sees it.
final class TestDatabase {
  private TestDatabase() {}

  static void alter(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static boolean has(String sql, Object... values) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement find = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        find.setObject(i + 1, values[i]);
      }
      try (ResultSet row = find.executeQuery()) {
        return row.next();
      }
    }
  }

  private static Connection connect() throws SQLException {
    Config config = ConfigProvider.getConfig();
    return DriverManager.getConnection(
        config.getValue("quarkus.datasource.jdbc.url", String.class),
        config.getValue("quarkus.flyway.username", String.class),
        config.getValue("quarkus.flyway.password", String.class));
  }
}
