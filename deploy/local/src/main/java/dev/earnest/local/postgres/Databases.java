package dev.earnest.local.postgres;

import dev.earnest.local.process.StackException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// One database a service: an owner that migrates and a lesser role that the service runs with.
public final class Databases {
  public static final List<String> ALL = List.of("task", "escrow", "dispute", "messaging");

  private Databases() {}

  public record Passwords(String owner, String runner) {}

  public static String owner(String database) {
    return database + "_owner";
  }

  public static String runner(String database) {
    return database + "_service";
  }

  /// Makes what is missing and sets the passwords; calling it again changes nothing else.
  ///
  /// @param database a plain lower-case word
  public static void provision(Postgres postgres, String database, Passwords passwords) {
    if (!database.matches("[a-z]+")) {
      throw new IllegalArgumentException("not a database name: " + database);
    }
    try {
      try (var connection = postgres.connectAsSuperuser("postgres")) {
        role(connection, owner(database), passwords.owner());
        role(connection, runner(database), passwords.runner());
        if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = '" + database + "'")) {
          execute(connection, "CREATE DATABASE " + database + " OWNER " + owner(database));
        }
        execute(connection, "REVOKE ALL ON DATABASE " + database + " FROM PUBLIC");
        execute(connection, "GRANT CONNECT ON DATABASE " + database + " TO " + runner(database));
      }
      try (var connection = postgres.connectAsSuperuser(database)) {
        execute(connection, "ALTER SCHEMA public OWNER TO " + owner(database));
        execute(connection, "REVOKE ALL ON SCHEMA public FROM PUBLIC");
        execute(connection, "GRANT USAGE ON SCHEMA public TO " + runner(database));
      }
    } catch (SQLException e) {
      throw new StackException(
          "cannot prepare the database " + database + ": " + e.getMessage(), e);
    }
  }

  private static void role(Connection connection, String role, String password)
      throws SQLException {
    if (!password.matches("[A-Za-z0-9]+")) {
      throw new IllegalArgumentException("a password of a local role has letters and digits only");
    }
    var verb =
        exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'")
            ? "ALTER"
            : "CREATE";
    execute(connection, verb + " ROLE " + role + " LOGIN PASSWORD '" + password + "'");
  }

  private static boolean exists(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
