package dev.earnest.escrow.api;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.escrow.EscrowTests;
import dev.earnest.escrow.TaskTeller;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestKafka;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a buyer pays an agent on top of the price.
@QuarkusTest
class TipsResourceTest extends EscrowTests {
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
  void tipGoesToTheAgentWholeAndIsToldAndShown() {
    deposit(buyer, "60");
    task.created("50").assigned("50").delivered().settles();

    tip("{\"amount\": 5, \"type\": \"tip\", \"note\": \"Thank you.\"}")
        .statusCode(201)
        .body("success", equalTo(true))
        .body("payment.taskId", equalTo(task.id()))
        .body("payment.type", equalTo("TIP"))
        .body("payment.payer", equalTo(buyer))
        .body("payment.payee", equalTo(agent))
        .body("payment.amount", equalTo(5.0f))
        .body("payment.note", equalTo("Thank you."));

    assertThat(wallet(buyer)).isEqualTo("5.00 available, 50.00 held");
    assertThat(wallet(agent)).isEqualTo("5.00 available, 0.00 held");
    var told = task.hears("tipped");
    assertThat(told.get("kind").asText()).isEqualTo("TIP");
    assertThat(told.get("note").asText()).isEqualTo("Thank you.");
    var shown = payments(task, agent);
    assertThat(shown.getString("payments.state")).isEqualTo("HELD");
    assertThat(shown.getFloat("payments.tipped")).isEqualTo(5.0f);
    assertThat(shown.<String>getList("payments.transactions.type")).containsExactly("HOLD", "TIP");
    assertThat(shown.getString("payments.transactions[1].note")).isEqualTo("Thank you.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EXECUTING", "DELIVERED", "COMPLETED"})
  void bonusIsPaidWhileTheAgentIsAtWorkOrDone(String status) {
    deposit(buyer, "10");
    become(status);

    tip("{\"amount\": 10, \"type\": \"BONUS\"}").statusCode(201);

    assertThat(wallet(agent)).isEqualTo("10.00 available, 0.00 held");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PENDING",
        "MATCHING",
        "AWAITING_INPUT",
        "ON_HOLD",
        "DISPUTED",
        "FAILED",
        "CANCELLED",
        "EXPIRED"
      })
  void nobodyIsTippedInAnyOtherState(String status) {
    deposit(buyer, "10");
    become(status);

    tip("{\"amount\": 1, \"type\": \"TIP\"}")
        .statusCode(409)
        .body("code", equalTo("illegal_tip"))
        .body("state", equalTo(status));

    assertThat(wallet(buyer)).isEqualTo("10.00 available, 0.00 held");
  }

  @Test
  void onlyTheBuyerTips() {
    become("DELIVERED");
    String body = "{\"amount\": 1, \"type\": \"TIP\"}";

    tipAs(agent, body).statusCode(403).body("code", equalTo("forbidden"));
    tipAs(someone("stranger"), body).statusCode(404).body("code", equalTo("not_found"));
    postAsAdmin(path(), body).statusCode(403).body("code", equalTo("forbidden"));
  }

  @Test
  void tipToOneselfIsRefused() {
    task = new TaskTeller(buyer, buyer);
    deposit(buyer, "10");
    become("DELIVERED");

    tip("{\"amount\": 1, \"type\": \"TIP\"}").statusCode(409).body("code", equalTo("own_agent"));

    assertThat(wallet(buyer)).isEqualTo("10.00 available, 0.00 held");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'amount': 0, 'type': 'TIP'}                        | amount",
        "{'amount': -1, 'type': 'TIP'}                       | amount",
        "{'amount': 1e308, 'type': 'TIP'}                    | amount",
        "{'amount': 0.0000001, 'type': 'TIP'}                | amount",
        "{'amount': 'NaN', 'type': 'TIP'}                    | amount",
        "{'type': 'TIP'}                                     | amount",
        "{'amount': 1}                                       | type",
        "{'amount': 1, 'type': 'RELEASE'}                    | type",
        "{'amount': 1, 'type': 'TIP', 'currency': 'XYZ'}     | currency",
        "{'amount': 1, 'type': 'TIP', 'note': '\\u0007'}     | note",
      },
      quoteCharacter = '`')
  void tipThatMakesNoSenseIsRefused(String body, String field) {
    deposit(buyer, "10");
    become("DELIVERED");

    tip(body.replace('\'', '"'))
        .statusCode(400)
        .contentType(containsString("application/problem+json"))
        .body("errors[0].field", equalTo(field));

    assertThat(wallet(buyer)).isEqualTo("10.00 available, 0.00 held");
  }

  @Test
  void tooLongNoteIsRefused() {
    become("DELIVERED");
    tip("{\"amount\": 1, \"type\": \"TIP\", \"note\": \"" + "n".repeat(1001) + "\"}")
        .statusCode(400)
        .body("errors[0].field", equalTo("note"));
  }

  @Test
  void tipsCannotOverdrawAWallet() {
    deposit(buyer, "10");
    become("DELIVERED");

    List<Integer> statuses =
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(_ -> tip("{\"amount\": 3, \"type\": \"TIP\"}").extract().statusCode())
            .toList();

    assertThat(statuses).filteredOn(status -> status == 201).hasSize(3);
    assertThat(statuses).filteredOn(status -> status == 409).hasSize(13);
    assertThat(wallet(buyer)).isEqualTo("1.00 available, 0.00 held");
    tip("{\"amount\": 3, \"type\": \"TIP\"}").body("code", equalTo("insufficient_funds"));
  }

  @Test
  void tipWithAnIdempotencyKeyIsPaidOnce() {
    deposit(buyer, "10");
    become("DELIVERED");

    List<String> answers =
        IntStream.range(0, 3)
            .mapToObj(_ ->
                as(buyer, "buyer")
                    .contentType("application/json")
                    .header("Idempotency-Key", "tip-" + buyer)
                    .body("{\"amount\": 3, \"type\": \"TIP\"}")
                    .post(path())
                    .asString())
            .toList();

    assertThat(answers).containsOnly(answers.getFirst());
    assertThat(wallet(buyer)).isEqualTo("7.00 available, 0.00 held");
  }

  @Test
  void tipByAnApiKeyIsHeldToItsCaps() throws Exception {
    deposit(buyer, "10");
    become("DELIVERED");
    String secret = keyThatMaySpend("4.00");

    tipBy(secret, "3").statusCode(201);
    tipBy(secret, "3").statusCode(409).body("code", equalTo("spend_cap"));
    tip("{\"amount\": 3, \"type\": \"TIP\"}").statusCode(201);

    assertThat(wallet(buyer)).isEqualTo("4.00 available, 0.00 held");
  }

  /// An API key of the buyer, as task-service tells of it.
  private String keyThatMaySpend(String perDay) throws Exception {
    String secret = "ek_" + UUID.randomUUID();
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
    String type = "earnest.api_key.changed.v1";
    ObjectNode event = (ObjectNode) new JsonMapper().readTree(Contracts.example(type));
    String id = UUID.randomUUID().toString();
    event.put("id", id).put("hash", HexFormat.of().formatHex(hash)).put("account", buyer);
    event.put("capPerTask", (BigDecimal) null).put("capPerDay", new BigDecimal(perDay));
    event.putNull("scopes");
    Contracts.assertKept(type, event.toString());
    TestKafka.publish("identity.events", id, type, event.toString());
    Awaitility.await()
        .untilAsserted(
            () -> given().header("x-api-key", secret).get("/api/v1/wallet").then().statusCode(200));
    return secret;
  }

  private ValidatableResponse tipBy(String secret, String amount) {
    return given()
        .header("x-api-key", secret)
        .contentType("application/json")
        .body("{\"amount\": " + amount + ", \"type\": \"TIP\"}")
        .post(path())
        .then();
  }

  /// Returns when escrow-service knows the task to be in this state.
  private void become(String status) {
    String witness = someone("witness");
    task.created("0")
        .says(
            "progressed", status, event -> event.with("task").withArray("followers").add(witness));
    Awaitility.await()
        .untilAsserted(() ->
            as(witness, "buyer")
                .get("/api/v1/tasks/{id}/payments", task.id())
                .then()
                .statusCode(200));
  }

  private String path() {
    return "/api/v1/tasks/" + task.id() + "/payments";
  }

  private ValidatableResponse tip(String body) {
    return tipAs(buyer, body);
  }

  private ValidatableResponse tipAs(String account, String body) {
    return post(account, path(), body);
  }
}
