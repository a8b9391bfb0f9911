package dev.earnest.escrow.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earnest.escrow.EscrowTests;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the database itself refuses, whatever the program does. Statements run as the running role.
@QuarkusTest
class LedgerTest extends EscrowTests {
  @Inject AgroalDataSource dataSource;

  private String alice = "";
  private String bob = "";

  @BeforeEach
  void someHaveMoney() {
    alice = someone("alice");
    bob = someone("bob");
    deposit(alice, "10");
    deposit(bob, "10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE transfers SET reference = 'x'",
        "DELETE FROM transfers",
        "TRUNCATE transfers CASCADE",
        "UPDATE entries SET amount = 1",
        "DELETE FROM entries",
        "TRUNCATE entries CASCADE",
        "DELETE FROM accounts",
        "UPDATE accounts SET owner = 'x'",
        "UPDATE accounts SET currency = 'USDC'",
        "DELETE FROM holds",
        "DELETE FROM tasks",
        "DELETE FROM withdrawals",
        "UPDATE withdrawals SET amount = 1",
        "UPDATE withdrawals SET account = 'x'",
        "DELETE FROM spending",
        "DELETE FROM spend_caps",
        "DELETE FROM reconciliations",
        "ALTER TABLE entries DISABLE TRIGGER entries_balance",
        "DROP TABLE entries CASCADE"
      })
  void runningRoleCannotChangeWhatIsWritten(String statement) {
    assertThatThrownBy(() -> run(statement))
        .isInstanceOfSatisfying(
            SQLException.class, refused -> assertThat(refused.getSQLState()).isEqualTo("42501"));
  }

  @Test
  void wholeTransferIsTaken() throws SQLException {
    run(transfer("-1", "1", 2), balance(alice, 9, 2), balance(bob, 11, 2), "ROLLBACK");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 2, 2, do not sum to zero",
    "-1, 1, 3, entries_follow_the_one_before",
    "-1, 1, 1, entries_start_at_zero",
  })
  void halfTransfersAndGapsAreRefused(String taken, String given, int version, String reason) {
    assertThatThrownBy(() -> run(transfer(taken, given, version))).hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HOLD", "RELEASE", "REFUND", "PARTIAL_REFUND", "SETTLEMENT"})
  void transferWhereItsKindMustNotIsRefused(String kind) {
    assertThatThrownBy(() -> run(transfer(kind, "-1", "1", 2)))
        .hasMessageContaining("moves money where its kind must not");
  }

  @Test
  void holdUnlikeItsEscrowAccountIsRefusedAtCommit() {
    String hold =
        """
        WITH k AS (
          INSERT INTO tasks (id, buyer, readers, status, version)
          VALUES (gen_random_uuid(), '%s', '{}', 'PENDING', 1) RETURNING id)
        INSERT INTO holds (task_id, buyer, state, currency, budget, price, held, released,
          refunded, fee, changed_at, held_at, ask_at)
        SELECT id, '%s', 'HELD', 'USDC', 5, 5, 5, 0, 0, 0, now(), now(), now() FROM k
        """
            .formatted(alice, alice);

    assertThatThrownBy(() -> run(hold)).hasMessageContaining("and its escrow account has 0");
  }

  @Test
  void withdrawalWithoutItsMoneyIsRefusedAtCommit() {
    String withdrawal =
        """
        INSERT INTO withdrawals
          (id, account, currency, amount, destination, provider, state, requested_at)
        VALUES (gen_random_uuid(), '%s', 'USDC', 5, 'bank', 'manual', 'PENDING', now())
        """
            .formatted(alice);

    assertThatThrownBy(() -> run(withdrawal)).hasMessageContaining("come to 5 and 0 is pending");
  }

  @Test
  void balanceWithoutAnEntryIsRefused() {
    assertThatThrownBy(() -> run(balance(alice, 11, 2)))
        .hasMessageContaining("accounts_are_what_the_last_entry_left");
    assertThatThrownBy(() -> run(balance(alice, 11, 1)))
        .hasMessageContaining("accounts_are_what_the_last_entry_left");
  }

  @Test
  void peoplesAccountBelowZeroIsRefused() {
    assertThatThrownBy(() -> run(transfer("-11", "11", 2), balance(alice, -1, 2)))
        .hasMessageContaining("accounts_never_below_zero");
  }

  @Test
  void transferWithoutEntriesIsRefusedAtCommit() {
    assertThatThrownBy(() ->
            run(
                """
                INSERT INTO transfers (id, kind, reference, occurred_at)
                VALUES (gen_random_uuid(), 'DEPOSIT', gen_random_uuid(), now())
                """))
        .hasMessageContaining("has no entries");
  }

  @Test
  void referenceOfAKindIsTakenOnce() {
    String reference = UUID.randomUUID().toString();
    deposit(alice, "1", reference);

    assertThatThrownBy(() ->
            run(
                """
                INSERT INTO transfers (id, kind, reference, occurred_at)
                VALUES (gen_random_uuid(), 'DEPOSIT', '%s', now())
                """
                    .formatted(reference)))
        .hasMessageContaining("transfers_happen_once");
  }

  /// Two entries of a new tip from alice to bob, each with 10 before.
  private String transfer(String taken, String given, int version) {
    return transfer("TIP", taken, given, version);
  }

  private String transfer(String kind, String taken, String given, int version) {
    return """
    WITH k AS (
      INSERT INTO tasks (id, buyer, readers, status, version)
      VALUES (gen_random_uuid(), '%1$s', '{}', 'EXECUTING', 1) RETURNING id),
    t AS (
      INSERT INTO transfers (id, kind, reference, task_id, occurred_at)
      SELECT gen_random_uuid(), '%6$s', gen_random_uuid(), k.id, now() FROM k RETURNING id)
    INSERT INTO entries
      (account_id, account_version, transfer_id, amount, balance_before, balance_after)
    SELECT a.id, %3$d, t.id, x.amount * 1000000, 10000000, 10000000 + x.amount * 1000000
    FROM t, (VALUES ('%1$s', %4$s), ('%2$s', %5$s)) AS x (owner, amount)
    JOIN accounts a ON a.kind = 'WALLET' AND a.owner = x.owner
    """
        .formatted(alice, bob, version, taken, given, kind);
  }

  private static String balance(String account, int units, int version) {
    return "UPDATE accounts SET balance = %d, version = %d WHERE owner = '%s'"
        .formatted(units * 1_000_000, version, account);
  }

  private void run(String... statements) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String one : statements) {
        statement.execute(one);
      }
      connection.commit();
    }
  }
}
