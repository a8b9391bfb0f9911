package dev.earnest.task.api.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestKafka;
import dev.earnest.testkit.TestRecord;
import io.agroal.api.AgroalDataSource;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A task is deleted for good; what money is held for is not.
@TaskServiceTest
class AssistantTaskDeletionResourceTest {
  private static final String TASK_EVENTS = "task.events";

  /// Every table of the service that says which task its rows belong to.
  private static final String TABLES =
      """
      SELECT table_name FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'task_id' ORDER BY table_name
      """;

  @Inject AgroalDataSource dataSource;

  private Secretary jane;

  @BeforeEach
  void hire() {
    jane = new Secretary();
  }

  @Test
  void deletionRemovesEveryRowAndSaysSo() throws SQLException {
    String task = jane.create("\"description\": \"With everything.\"");
    jane.process(task, "{\"message\": \"Go\"}").statusCode(200);
    jane.market
        .asOwner()
        .body("{\"artifacts\": [{\"type\": \"text\", \"name\": \"a\", \"content\": \"b\"}]}")
        .post("/api/v1/tasks/" + task + "/artifacts")
        .then()
        .statusCode(201);
    jane.complete(task);
    jane.post(task, "feedback", "{\"status\": \"like\"}").statusCode(200);
    assertThat(rowsOf(task))
        .contains("tasks", "activities", "executions", "deliveries", "artifacts", "task_texts");

    delete(task).statusCode(204);
    assertThat(rowsOf(task)).isEmpty();
    delete(task).statusCode(404);
    jane.asBoss().get("/api/v1/tasks/" + task).then().statusCode(404);
    String told = TestKafka.await(TASK_EVENTS, task, "earnest.task.deleted.v1").value();
    Contracts.assertKept("earnest.task.deleted.v1", told);
    assertThat(told).contains("\"id\":\"" + task + "\"").contains("\"status\":\"COMPLETED\"");
  }

  @Test
  void deletionStopsTheAssistantFirst() throws SQLException {
    Secretary busy = new Secretary(new Market(1));
    String task = busy.inProgress();
    busy.asBoss().delete("/tasks/" + task).then().statusCode(204);
    assertThat(rowsOf(task)).isEmpty();
    busy.process(busy.create(), "{}").statusCode(200);
    busy.market
        .asOwner()
        .body("{\"output\": 1}")
        .put("/api/v1/tasks/" + task + "/complete")
        .then()
        .statusCode(404);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(TestKafka.records(TASK_EVENTS, task))
                .extracting(TestRecord::type)
                .containsExactly(
                    "earnest.task.created.v1",
                    "earnest.task.assigned.v1",
                    "earnest.task.cancelled.v1",
                    "earnest.task.deleted.v1"));
  }

  @Test
  void whatMoneyIsHeldForIsNotDeleted() throws SQLException {
    String task = jane.market.executing();
    delete(task).statusCode(409).body("code", equalTo("money_held"));
    assertThat(jane.market.status(task)).isEqualTo("EXECUTING");
    jane.asBoss().post("/api/v1/tasks/" + task + "/cancel").then().statusCode(200);
    delete(task).statusCode(409).body("code", equalTo("money_held"));
    paidOut(task, "earnest.escrow.refunded.v1");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> jane.asBoss().delete("/tasks/" + task).statusCode() == 204);
    assertThat(rowsOf(task)).isEmpty();
    TestKafka.await(TASK_EVENTS, task, "earnest.task.deleted.v1");
  }

  @Test
  void whatIsPaidForIsDeletedOnceItIsPaid() {
    String task = jane.market.delivered();
    delete(task).statusCode(409).body("code", equalTo("money_held"));
    jane.market.review(task, "{\"action\": \"approve\"}").statusCode(200);
    delete(task).statusCode(409).body("code", equalTo("money_held"));
    paidOut(task, "earnest.escrow.released.v1");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> jane.asBoss().delete("/tasks/" + task).statusCode() == 204);
  }

  @Test
  void aDisputedTaskIsNotDeleted() {
    String task = jane.inProgress();
    jane.market.disputed(task);
    delete(task).statusCode(409).body("code", equalTo("disputed"));
    jane.show(task).body("status", equalTo("in_progress"));
  }

  @Test
  void whatWaitsForItsMoneyIsCancelledAndDeleted() {
    String task = jane.market.create();
    delete(task).statusCode(204);
    TestKafka.await(TASK_EVENTS, task, "earnest.task.cancelled.v1");
    TestKafka.await(TASK_EVENTS, task, "earnest.task.deleted.v1");
    jane.market.held(task);
    String later = jane.market.executing();
    assertThat(jane.market.status(later)).isEqualTo("EXECUTING");
    delete(task).statusCode(404);
  }

  private void paidOut(String task, String type) {
    String example = Contracts.example(type);
    TestKafka.publish("escrow.events", task, type, example);
  }

  private ValidatableResponse delete(String task) {
    return jane.asBoss().delete("/tasks/" + task).then();
  }

  /// The tables that have a row of a task.
  private List<String> rowsOf(String task) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = dataSource.getConnection()) {
      if (has(connection, "tasks", "id", task)) {
        found.add("tasks");
      }
      try (PreparedStatement tables = connection.prepareStatement(TABLES);
          ResultSet names = tables.executeQuery()) {
        while (names.next()) {
          if (has(connection, names.getString(1), "task_id", task)) {
            found.add(names.getString(1));
          }
        }
      }
    }
    return found;
  }

  private static boolean has(Connection connection, String table, String column, String task)
      throws SQLException {
    String sql = "SELECT FROM %s WHERE %s = ?".formatted(table, column);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, UUID.fromString(task));
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }
}
