package dev.earnest.escrow.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.escrow.EscrowTests;
import dev.earnest.escrow.Owner;
import dev.earnest.escrow.TaskTeller;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The database connection dies while money moves: between any two of the transaction's writes, and
/// while it commits. A trigger of the owner kills it there, once.
@QuarkusTest
class CrashTest extends EscrowTests {
  @AfterEach
  void disarm() throws SQLException {
    try (Connection owner = Owner.connect();
        Statement statement = owner.createStatement()) {
      statement.execute("DROP FUNCTION IF EXISTS crash() CASCADE");
      statement.execute("DROP SEQUENCE IF EXISTS crashes");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "inbox, BEFORE INSERT",
    "tasks, BEFORE INSERT",
    "tasks, AFTER UPDATE",
    "spending, BEFORE UPDATE",
    "accounts, BEFORE INSERT",
    "accounts, AFTER UPDATE",
    "transfers, BEFORE INSERT",
    "entries, BEFORE INSERT",
    "entries, AFTER INSERT",
    "holds, BEFORE INSERT",
    "holds, AFTER UPDATE",
    "outbox, AFTER INSERT",
    "transfers, COMMIT",
    "holds, COMMIT",
  })
  void killedTransactionIsDoneOnceAfterAll(String table, String moment) throws SQLException {
    String buyer = someone("buyer");
    String agent = someone("agent");
    deposit(buyer, "50");
    arm(table, moment);

    TaskTeller task =
        new TaskTeller(buyer, agent).created("50").assigned("40").delivered().completed();

    task.hears("released");
    assertThat(crashes()).as("how often it came to the moment of the crash").isGreaterThan(1);
    assertThat(task.heard()).containsExactly("held", "refunded", "released");
    assertThat(wallet(buyer)).isEqualTo("10.00 available, 0.00 held");
    assertThat(wallet(agent)).isEqualTo("38.00 available, 0.00 held");
  }

  /// A sequence forgets nothing in a rollback: the first to come by is killed, the others are not.
  private static void arm(String table, String moment) throws SQLException {
    try (Connection owner = Owner.connect();
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE SEQUENCE crashes");
      statement.execute(
          """
          CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN
            IF nextval('crashes') = 1 THEN
              PERFORM pg_terminate_backend(pg_backend_pid());
              PERFORM pg_sleep(10);
            END IF;
            RETURN NEW;
          END $$
          """);
      statement.execute(
          moment.equals("COMMIT")
              ? "CREATE CONSTRAINT TRIGGER zz_crash AFTER INSERT ON "
                  + table
                  + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crash()"
              : "CREATE TRIGGER zz_crash "
                  + moment
                  + " ON "
                  + table
                  + " FOR EACH ROW EXECUTE FUNCTION crash()");
    }
  }

  private static long crashes() throws SQLException {
    try (Connection owner = Owner.connect();
        Statement statement = owner.createStatement();
        ResultSet row = statement.executeQuery("SELECT last_value FROM crashes")) {
      row.next();
      return row.getLong(1);
    }
  }
}
