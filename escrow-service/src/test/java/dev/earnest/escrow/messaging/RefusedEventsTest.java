package dev.earnest.escrow.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.escrow.EscrowTests;
import dev.earnest.escrow.Owner;
import dev.earnest.escrow.TaskTeller;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Events that ask for what the state of the money does not allow: dropped, recorded under a stable
/// code, and no money moves.
@QuarkusTest
class RefusedEventsTest extends EscrowTests {
  private static final Map<String, String> STATUSES =
      Map.of(
          "completed", "COMPLETED",
          "cancelled", "CANCELLED",
          "failed", "FAILED",
          "created", "PENDING",
          "assigned", "EXECUTING",
          "disputed", "DISPUTED",
          "redelivery_started", "EXECUTING");

  @ParameterizedTest(name = "{1} after {0}")
  @CsvSource({
    "completed, completed, illegal_hold_move, 0.00, 47.50",
    "cancelled, completed, illegal_hold_move, 50.00, 0.00",
    "completed, cancelled, illegal_hold_move, 0.00, 47.50",
    "completed, failed, illegal_hold_move, 0.00, 47.50",
    "cancelled, cancelled, illegal_hold_move, 50.00, 0.00",
    "cancelled, created, task_final, 50.00, 0.00",
    "completed, disputed, illegal_hold_move, 0.00, 47.50",
    "cancelled, assigned, illegal_hold_move, 50.00, 0.00",
    "disputed, disputed, illegal_hold_move, 0.00, 0.00",
    "disputed, completed, illegal_hold_move, 0.00, 0.00",
    "disputed, failed, illegal_hold_move, 0.00, 0.00",
    "assigned, redelivery_started, illegal_hold_move, 0.00, 0.00",
    "assigned, created, illegal_hold_move, 0.00, 0.00",
  })
  void isDroppedAndRecorded(
      String first, String second, String code, String toBuyer, String toAgent)
      throws SQLException {
    String buyer = someone("buyer");
    String agent = someone("agent");
    deposit(buyer, "50");
    TaskTeller task = new TaskTeller(buyer, agent).created("50");
    tell(task, first);

    String refused = tell(task, second);
    task.settles();

    assertThat(refusal(refused)).startsWith(code + ":");
    assertThat(wallet(buyer)).startsWith(toBuyer + " available");
    assertThat(wallet(agent)).startsWith(toAgent + " available");
    // no money stays behind for a task that is over: other tests look at the whole ledger
    task.reported("CANCELLED", _ -> {}).settles();
  }

  /// A late task.created is an old one: told again, with the version that it had.
  private static String tell(TaskTeller task, String word) {
    Consumer<ObjectNode> change =
        event -> {
          if (word.equals("created")) {
            event.with("task").put("version", 1);
          }
          if (event.has("payee")) {
            event.put("payee", task.agent()).putNull("ruling");
          }
        };
    return task.says(word, Objects.requireNonNull(STATUSES.get(word)), change).lastId();
  }

  private static String refusal(String event) throws SQLException {
    try (Connection connection = Owner.connectAsRunner();
        PreparedStatement query =
            connection.prepareStatement("SELECT refused FROM inbox WHERE event_id = ?")) {
      query.setObject(1, UUID.fromString(event));
      try (ResultSet row = query.executeQuery()) {
        assertThat(row.next()).isTrue();
        return String.valueOf(row.getString(1));
      }
    }
  }
}
