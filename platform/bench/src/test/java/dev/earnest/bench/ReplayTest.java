package dev.earnest.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.local.postgres.Postgres;
import dev.earnest.local.process.Ports;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The statements of the limit, on a real PostgreSQL with the services' own migrations.
@SuppressWarnings("NullAway.Init")
class ReplayTest {
  private static final Path REPOSITORY = Path.of(System.getProperty("earnest.root"));

  @TempDir private static Path home;
  private static Postgres postgres;

  @BeforeAll
  static void start() {
    postgres =
        Postgres.launch(
            new Postgres.Settings(home, Ports.free(), home.resolve("postgres.log"), false));
    postgres.awaitReady();
  }

  @AfterAll
  static void stop() {
    postgres.stop();
  }

  @Test
  void replayedLifecyclesLeaveWhatRealOnesLeave() throws Exception {
    try (Scratch scratch = Scratch.create(postgres, REPOSITORY);
        Replay person = new Replay(Script.read(), scratch)) {
      person.live(new Stopwatch());
      person.live(new Stopwatch());

      assertThat(one(scratch, "task", "SELECT count(*) FROM tasks WHERE state = 'COMPLETED'"))
          .isEqualTo(2);
      assertThat(one(scratch, "escrow", "SELECT count(*) FROM holds WHERE state = 'RELEASED'"))
          .isEqualTo(2);
      assertThat(one(scratch, "escrow", "SELECT sum(balance) FROM accounts")).isZero();
      assertThat(
              one(
                  scratch,
                  "escrow",
                  "SELECT sum(balance) FROM accounts WHERE owner LIKE 'agent-%'"))
          .isEqualTo(2 * 47_500_000);
      assertThat(one(scratch, "dispute", "SELECT count(*) FROM tasks WHERE status = 'COMPLETED'"))
          .isEqualTo(2);
      assertThat(one(scratch, "messaging", "SELECT count(*) FROM timeline")).isEqualTo(2 * 7);
      for (String service : Scratch.SERVICES) {
        assertThat(one(scratch, service, "SELECT count(*) FROM outbox")).isZero();
      }
    }
  }

  @Test
  void scratchIsGoneAfterwards() throws Exception {
    try (Scratch _ = Scratch.create(postgres, REPOSITORY)) {
      assertThat(databases()).isEqualTo(Scratch.SERVICES.size());
    }
    assertThat(databases()).isZero();
  }

  private static long databases() throws SQLException {
    try (var connection = postgres.connectAsSuperuser("postgres");
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT count(*) FROM pg_database WHERE datname LIKE 'bench\\_%'")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static long one(Scratch scratch, String service, String query) throws SQLException {
    try (var connection = scratch.connect(service);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
