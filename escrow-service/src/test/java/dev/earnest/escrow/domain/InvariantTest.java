package dev.earnest.escrow.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.escrow.EscrowTests;
import dev.earnest.escrow.Owner;
import dev.earnest.escrow.TaskTeller;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each invariant of the ledger check finds what breaks it. The owner of the database takes the
/// constraints away, does the harm, looks, and rolls everything back.
@QuarkusTest
class InvariantTest extends EscrowTests {
  private static final List<String> NO_CONSTRAINTS =
      List.of(
          "ALTER TABLE accounts DROP CONSTRAINT accounts_are_what_the_last_entry_left",
          "ALTER TABLE accounts DROP CONSTRAINT accounts_never_below_zero",
          "ALTER TABLE entries DROP CONSTRAINT entries_follow_the_one_before",
          "ALTER TABLE holds DROP CONSTRAINT holds_all_or_nothing",
          "ALTER TABLE entries DISABLE TRIGGER USER");

  @ParameterizedTest
  @EnumSource
  void brokenInvariantIsFound(Invariant invariant) throws SQLException {
    String buyer = someone("buyer");
    deposit(buyer, "100");
    TaskTeller task = new TaskTeller(buyer, someone("agent"));
    task.created("50").hears("held");
    as(buyer, "buyer")
        .contentType("application/json")
        .body("{\"amount\": 10, \"destination\": \"bank\"}")
        .post("/api/v1/wallet/withdrawals")
        .then()
        .statusCode(201);

    try (Connection owner = Owner.connect();
        Statement statement = owner.createStatement()) {
      owner.setAutoCommit(false);
      assertThat(offenders(statement, invariant)).isZero();
      for (String drop : NO_CONSTRAINTS) {
        statement.execute(drop);
      }
      assertThat(statement.executeUpdate(harm(invariant, buyer, task.id()))).isPositive();
      assertThat(offenders(statement, invariant)).isPositive();
      owner.rollback();
    }
  }

  private static String harm(Invariant invariant, String buyer, String task) {
    return switch (invariant) {
      case ALL_ACCOUNTS_SUM_TO_ZERO, ACCOUNTS_EQUAL_THEIR_ENTRIES, PENDING_EQUALS_WITHDRAWALS ->
          "UPDATE accounts SET balance = balance + 1 WHERE owner = '" + buyer + "'";
      case WITHDRAWALS_EQUAL_THEIR_TRANSFERS ->
          "UPDATE withdrawals SET amount = amount - 1 WHERE account = '" + buyer + "'";
      case SPENDING_EQUALS_TRANSFERS ->
          "UPDATE spending SET spent = spent - 1 WHERE spender = '" + buyer + "'";
      case TRANSFERS_SUM_TO_ZERO ->
          "UPDATE entries SET amount = amount - 1, balance_after = balance_after - 1"
              + " WHERE amount < 0 AND transfer_id IN"
              + (" (SELECT id FROM transfers WHERE task_id = '" + task + "')");
      case BALANCES_HAVE_NO_GAPS ->
          "UPDATE entries e SET balance_before = balance_before + 1,"
              + " balance_after = balance_after + 1 FROM accounts a"
              + (" WHERE a.id = e.account_id AND a.owner = '"
                  + buyer
                  + "' AND account_version = 2");
      case ESCROW_EQUALS_HOLDS ->
          "UPDATE accounts SET balance = balance - 1 WHERE owner = '" + task + "'";
      case HOLDS_EQUAL_THEIR_TRANSFERS ->
          "UPDATE holds SET held = held + 1 WHERE task_id = '" + task + "'";
      case NOBODY_IS_BELOW_ZERO -> "UPDATE accounts SET balance = -1 WHERE owner = '" + buyer + "'";
      case NO_MONEY_HELD_FOR_FINAL_TASKS ->
          "UPDATE tasks SET status = 'FAILED', final_at = '2020-01-01' WHERE id = '" + task + "'";
    };
  }

  private static int offenders(Statement statement, Invariant invariant) throws SQLException {
    String sql = invariant.offenders().replace(":finalBefore", "'2021-01-01'");
    try (ResultSet rows = statement.executeQuery(sql)) {
      int count = 0;
      while (rows.next()) {
        count++;
      }
      return count;
    }
  }
}
