package dev.earnest.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earnest.local.process.Detached;
import dev.earnest.local.process.Ports;
import dev.earnest.local.process.StackException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {
  private static final Databases.Passwords PASSWORDS =
      new Databases.Passwords("ownersecret", "runnersecret");

  @TempDir Path home;

  @Test
  void dataSurvivesStopAndKill() throws Exception {
    try (var first = Postgres.start(home, Ports.free())) {
      try (var connection = first.connectAsSuperuser("postgres")) {
        execute(connection, "CREATE TABLE kept (n int)");
        execute(connection, "INSERT INTO kept VALUES (1)");
      }
    }
    try (var second = Postgres.start(home, Ports.free())) {
      try (var connection = second.connectAsSuperuser("postgres")) {
        execute(connection, "INSERT INTO kept VALUES (2)");
      }
      Detached.stop(second.process(), "KILL", Duration.ofSeconds(5));
    }
    try (var third = Postgres.start(home, Ports.free());
        var connection = third.connectAsSuperuser("postgres");
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT sum(n) FROM kept")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(3);
    }
  }

  @Test
  void ownerMigratesAndRunnerMayNot() throws Exception {
    try (var postgres = Postgres.start(home, Ports.free())) {
      Databases.provision(postgres, "task", PASSWORDS);
      Databases.provision(postgres, "task", PASSWORDS);
      Databases.provision(postgres, "escrow", PASSWORDS);
      try (var owner =
              DriverManager.getConnection(postgres.jdbcUrl("task"), "task_owner", "ownersecret");
          var runner =
              DriverManager.getConnection(
                  postgres.jdbcUrl("task"), "task_service", "runnersecret")) {
        execute(owner, "CREATE TABLE tasks (id int)");
        assertThatThrownBy(() -> execute(runner, "SELECT * FROM tasks"))
            .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> execute(runner, "CREATE TABLE mine (id int)"))
            .hasMessageContaining("permission denied");
        execute(owner, "GRANT SELECT ON tasks TO task_service");
        execute(runner, "SELECT * FROM tasks");
      }
      assertThatThrownBy(() ->
              DriverManager.getConnection(
                  postgres.jdbcUrl("escrow"), "task_service", "runnersecret"))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void superuserPasswordIsNobodyElsesAndIsNeeded() throws Exception {
    try (var postgres = Postgres.start(home, Ports.free())) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(home.resolve("superuser"))))
          .isEqualTo("rw-------");
      assertThatThrownBy(() ->
              DriverManager.getConnection(postgres.jdbcUrl("postgres"), "postgres", "postgres"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void portInUseIsOneClearLine() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Postgres.start(home, taken.getLocalPort()))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("PostgreSQL did not start")
          .hasMessageNotContaining("\n");
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
