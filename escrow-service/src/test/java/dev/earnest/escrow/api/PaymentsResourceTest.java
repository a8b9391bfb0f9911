package dev.earnest.escrow.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.earnest.escrow.EscrowTests;
import dev.earnest.escrow.TaskTeller;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PaymentsResourceTest extends EscrowTests {
  private String buyer = "";
  private String agent = "";
  private TaskTeller task = new TaskTeller("", "");

  @BeforeEach
  void newTask() {
    buyer = someone("buyer");
    agent = someone("agent");
    task = new TaskTeller(buyer, agent);
  }

  @Test
  void paymentsShowStateAmountsAndEveryTransaction() {
    deposit(buyer, "50");
    task.created("50").assigned("40").completed().hears("released");

    var payments = payments(task, buyer);

    assertThat(payments.getString("payments.taskId")).isEqualTo(task.id());
    assertThat(payments.getString("payments.state")).isEqualTo("RELEASED");
    assertThat(payments.getString("payments.payer")).isEqualTo(buyer);
    assertThat(payments.getString("payments.payee")).isEqualTo(agent);
    assertThat(amounts(payments, "budget", "price", "held", "released", "refunded"))
        .containsExactly(50.0f, 40.0f, 50.0f, 40.0f, 10.0f);
    assertThat(amounts(payments, "fee", "net", "inEscrow")).containsExactly(2.0f, 38.0f, 0.0f);
    assertThat(payments.<String>getList("payments.transactions.type"))
        .containsExactly("HOLD", "PARTIAL_REFUND", "RELEASE");
    assertThat(payments.<String>getList("payments.transactions[2].sides.kind"))
        .containsExactly("ESCROW", "FEE", "WALLET");
    assertThat(payments.<Float>getList("payments.transactions[2].sides.amount"))
        .containsExactly(-40.0f, 2.0f, 38.0f);
    assertThat(payments.<String>getList("payments.transactions[2].sides.account"))
        .containsExactly(null, null, agent);
  }

  @Test
  void partiesReadersAndAdminsSeeThem() {
    String follower = someone("follower");
    task.says(
        "created",
        "PENDING",
        event ->
            event.put("budget", 0).with("task").withArray("followers").add(follower + "@local"));

    Awaitility.await().untilAsserted(() -> status(follower, "buyer", 200));
    List.of(buyer, agent).forEach(account -> status(account, "buyer", 200));
    status("root", "admin", 200);
    status(someone("stranger"), "buyer", 404);
    status(someone("stranger"), "agent", 404);
  }

  @Test
  void formerAgentSeesThemNoMore() {
    task.created("0").assigned("0").settles();
    String next = someone("next");
    task.says(
        "assigned",
        "EXECUTING",
        event -> event.put("price", 0).with("task").put("agentAccount", next));

    Awaitility.await().untilAsserted(() -> status(next, "agent", 200));
    status(agent, "agent", 404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0199f1c2-7a00-7c3e-9b11-2f6a5d3c8e77", "7", "0199f1c2-7a00-7c3e-9b11", "%00"})
  void unknownTaskIsNotThere(String id) {
    as("root", "admin")
        .urlEncodingEnabled(false)
        .get("/api/v1/tasks/" + id + "/payments")
        .then()
        .statusCode(404)
        .contentType(containsString("application/problem+json"))
        .body("code", equalTo("not_found"));
  }

  @Test
  void taskThatWasJustCreatedIsWaitedFor() {
    var early =
        CompletableFuture.supplyAsync(
            () -> as(buyer, "buyer").get("/api/v1/tasks/{id}/payments", task.id()).statusCode());

    task.created("0");

    assertThat(early).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(200);
  }

  private void status(String account, String role, int status) {
    as(account, role).get("/api/v1/tasks/{id}/payments", task.id()).then().statusCode(status);
  }

  private static List<Float> amounts(JsonPath payments, String... names) {
    return Stream.of(names).map(name -> payments.getFloat("payments." + name)).toList();
  }
}
