package dev.earnest.escrow;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/// The role that owns the tables: it may do what the service must not.
public final class Owner {
  private Owner() {}

  public static Connection connect() throws SQLException {
    return connect("quarkus.flyway");
  }

  /// A connection of its own as the service's role, beside the service's pool.
  public static Connection connectAsRunner() throws SQLException {
    return connect("quarkus.datasource");
  }

  private static Connection connect(String role) throws SQLException {
    Config config = ConfigProvider.getConfig();
    return DriverManager.getConnection(
        config.getValue("quarkus.datasource.jdbc.url", String.class),
        config.getValue(role + ".username", String.class),
        config.getValue(role + ".password", String.class));
  }
}
