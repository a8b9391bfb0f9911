package dev.earnest.dispute.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.dispute.DisputeServiceTest;
import dev.earnest.dispute.Stage;
import dev.earnest.testkit.TestKafka;
import dev.earnest.testkit.TestRecord;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisputeServiceTest
class DisputeCourseResourceTest {
  @Test
  void nothingDeliveredIsRefundedAtOnce() {
    Stage stage = Stage.executing();
    String id = stage.opens();
    stage.freezes(id, false);

    JsonPath resolved = JsonPath.from(stage.hears("earnest.dispute.resolved.v1").value());

    assertThat(resolved.getString("resolution")).isEqualTo("REFUND_BUYER");
    assertThat(resolved.getInt("refundPercentage")).isEqualTo(100);
    assertThat(resolved.getString("tier")).isEqualTo("AUTOMATIC");
    stage
        .read(id)
        .body("dispute.status", equalTo("RESOLVED"))
        .body("dispute.ruling.tier", equalTo("AUTOMATIC"))
        .body("dispute.closedAt", notNullValue())
        .body("dispute.history.command", contains("open", "confirm"));
  }

  @Test
  void deliveredWorkIsNegotiatedByTheCaseFileOfTaskService() {
    Stage stage = Stage.delivered();
    String id = stage.inNegotiation();
    stage
        .read(id)
        .body("dispute.deadline", notNullValue())
        .body("dispute.caseFile.previousStatus", equalTo("DELIVERED"))
        .body("dispute.caseFile.brief.price", equalTo(50.00f))
        .body("dispute.caseFile.deliveries[0].artifacts[0].title", equalTo("API Source Code"))
        .body("dispute.ruling", nullValue());
    assertThat(stage.told()).containsExactly("opened");
  }

  @Test
  void refusedByTaskServiceItEndsAndAnotherMayBeOpened() {
    Stage stage = Stage.delivered();
    String id = stage.opens();
    stage.refuses(id, "The task is COMPLETED.");

    JsonPath refused = JsonPath.from(stage.hears("earnest.dispute.refused.v1").value());

    assertThat(refused.getString("reason")).isEqualTo("The task is COMPLETED.");
    assertThat(refused.getString("openedBy")).isEqualTo(stage.buyer);
    stage
        .read(id)
        .body("dispute.status", equalTo("REFUSED"))
        .body("dispute.refusal", equalTo("The task is COMPLETED."));
    stage.says("delivered", "DELIVERED").known("DELIVERED").opens();
  }

  @Test
  void secondConfirmationChangesNothing() {
    Stage stage = Stage.delivered();
    String id = stage.inNegotiation();
    stage.freezes(id, false).says("put_on_hold", "ON_HOLD").known("ON_HOLD");
    stage.read(id).body("dispute.status", equalTo("NEGOTIATION"));
    assertThat(stage.told()).containsExactly("opened");
  }

  @Test
  void taskFrozenForAnUnknownDisputeIsSeenByTheOperator() {
    Stage stage = Stage.delivered();
    stage.freezes(UUID.randomUUID().toString(), true);
    TestRecord parked =
        TestKafka.await("dead.letters", stage.task.toString(), "earnest.dead_letter.parked.v1");
    assertThat(JsonPath.from(parked.value()).getString("reason")).contains("there is no dispute");
  }

  @Test
  void bothPartiesSubmitEvidenceUntilTheRuling() {
    Stage stage = Stage.delivered();
    String id = stage.opens();
    Map<String, String> report =
        Map.of(
            "description", "Coverage report",
            "attachmentUrl", "https://buyer.example/coverage.png",
            "type", "IMAGE");
    stage
        .asBuyer()
        .body(report)
        .post(stage.disputePath() + "/evidence")
        .then()
        .statusCode(201)
        .body("evidence.role", equalTo("BUYER"))
        .body("evidence.id", notNullValue());
    stage.freezes(id, true).awaitStatus(id, "NEGOTIATION");
    stage
        .asAgent()
        .body(Map.of("description", "It runs."))
        .post(stage.disputePath() + "/evidence")
        .then()
        .statusCode(201);

    JsonPath event = JsonPath.from(stage.hears("earnest.dispute.evidence_submitted.v1").value());
    assertThat(event.getString("attachmentUrl")).isEqualTo("https://buyer.example/coverage.png");
    stage
        .read(id)
        .body("dispute.evidence.submittedBy", contains(stage.buyer, stage.agent))
        .body("dispute.evidence[0].type", equalTo("IMAGE"));

    resolve(id, Map.of("resolution", "SPLIT")).statusCode(200);
    stage
        .asBuyer()
        .body(report)
        .post(stage.disputePath() + "/evidence")
        .then()
        .statusCode(409)
        .body("state", equalTo("RESOLVED"));
    stage.read(id).body("dispute.evidence", hasSize(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"description\": \"\"}",
        "{\"description\": \"x\", \"attachmentUrl\": \"ftp://a.example/x\"}",
        "{\"description\": \"x\", \"attachmentUrl\": \"javascript:alert(1)\"}",
        "{\"description\": \"x\", \"attachmentUrl\": \"file:///etc/passwd\"}",
        "{\"description\": \"x\", \"attachmentUrl\": \"//a.example/x\"}",
        "{\"description\": \"x\", \"attachmentUrl\": \"https://\"}",
        "{\"description\": \"x\", \"attachmentUrl\": \"a b\"}",
        "{\"description\": \"x\", \"attachmentUrl\": \"\"}",
      })
  void badEvidenceIsRefused(String body) {
    Stage stage = Stage.delivered();
    String id = stage.opens();
    stage.asBuyer().body(body).post(stage.disputePath() + "/evidence").then().statusCode(400);
    stage.read(id).body("dispute.evidence", hasSize(0));
  }

  @Test
  void evidenceIsForPartiesOfADispute() {
    Stage stage = Stage.delivered();
    String path = stage.disputePath() + "/evidence";
    Map<String, String> body = Map.of("description", "x");
    stage.asBuyer().body(body).post(path).then().statusCode(404);
    stage.opens();
    Stage.as("stranger", "buyer").body(body).post(path).then().statusCode(404);
    Stage.asAdmin().body(body).post(path).then().statusCode(403);
  }

  @ParameterizedTest
  @CsvSource({
    "REFUND_BUYER, , 100",
    "REFUND_BUYER, 0, 0",
    "REFUND_BUYER, 33.333333, 33.333333",
    "RELEASE_TO_AGENT, , 0",
    "SPLIT, , 50",
    "SPLIT, 100, 100",
  })
  void adminRules(String resolution, String percentage, String share) {
    Stage stage = Stage.delivered();
    String id = stage.inNegotiation();
    String body =
        "{\"resolution\": \"%s\", \"notes\": \"Coverage was 40 %%.\"%s}"
            .formatted(
                resolution, percentage == null ? "" : ", \"refundPercentage\": " + percentage);

    Stage.asAdmin()
        .body(body)
        .post("/api/v1/admin/disputes/" + id + "/resolve")
        .then()
        .statusCode(200)
        .body("dispute.status", equalTo("RESOLVED"))
        .body("dispute.ruling.resolution", equalTo(resolution))
        .body("dispute.deadline", nullValue());

    TestRecord event = stage.hears("earnest.dispute.resolved.v1");
    JsonPath resolved = JsonPath.from(event.value());
    assertThat(event.value()).contains("\"refundPercentage\":" + share + ",");
    assertThat(resolved.getString("tier")).isEqualTo("ARBITRATION");
    assertThat(resolved.getString("resolvedBy")).isEqualTo("admin-1");
    assertThat(resolved.getString("notes")).isEqualTo("Coverage was 40 %.");
    stage.read(id).body("dispute.history.command", contains("open", "confirm", "rule"));
  }

  @Test
  void nobodyRulesTwice() {
    Stage stage = Stage.delivered();
    String id = stage.inNegotiation();
    resolve(id, Map.of("resolution", "SPLIT")).statusCode(200);
    resolve(id, Map.of("resolution", "REFUND_BUYER"))
        .statusCode(409)
        .body("state", equalTo("RESOLVED"));
    stage.read(id).body("dispute.ruling.resolution", equalTo("SPLIT"));
    assertThat(stage.told()).containsExactly("opened", "resolved", "reputation_adjusted");
  }

  @ParameterizedTest
  @CsvSource({"REFUND_BUYER, -0.15", "RELEASE_TO_AGENT, 0.1", "SPLIT, -0.05"})
  void rulingAdjustsTheAgentsReputationOnce(String resolution, String adjustment) {
    Stage stage = Stage.delivered();
    String id = stage.inNegotiation();
    resolve(id, Map.of("resolution", resolution)).statusCode(200);
    String event = stage.hears("earnest.dispute.reputation_adjusted.v1").value();
    assertThat(event).contains("\"adjustment\":" + adjustment + "}");
    JsonPath adjusted = JsonPath.from(event);
    assertThat(adjusted.getString("disputeId")).isEqualTo(id);
    assertThat(adjusted.getString("agent")).isEqualTo("0199f1c0-1100-7a5b-8c22-1e2d3c4b5a69");
    assertThat(adjusted.getString("agentAccount")).isEqualTo(stage.agent);
    assertThat(stage.told()).containsExactly("opened", "resolved", "reputation_adjusted");
  }

  @Test
  void nobodyRulesBeforeTheTaskIsFrozen() {
    String id = Stage.delivered().opens();
    resolve(id, Map.of("resolution", "SPLIT")).statusCode(409).body("state", equalTo("OPENING"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"resolution\": \"BURN_IT\"}",
        "{\"resolution\": \"RELEASE_TO_AGENT\", \"refundPercentage\": 10}",
        "{\"resolution\": \"RELEASE_TO_AGENT\", \"refundPercentage\": 0}",
        "{\"resolution\": \"SPLIT\", \"refundPercentage\": -1}",
        "{\"resolution\": \"SPLIT\", \"refundPercentage\": 101}",
        "{\"resolution\": \"SPLIT\", \"refundPercentage\": 33.3333333}",
        "{\"resolution\": \"SPLIT\", \"refundPercentage\": 1e308}",
        "{\"resolution\": \"SPLIT\", \"refundPercentage\": 1e999999999}",
        "{\"resolution\": \"SPLIT\", \"refundPercentage\": NaN}",
        "{\"resolution\": \"SPLIT\", \"refundPercentage\": \"50\"}",
      })
  void badRulingIsRefused(String body) {
    Stage stage = Stage.delivered();
    String id = stage.inNegotiation();
    Stage.asAdmin()
        .body(body)
        .post("/api/v1/admin/disputes/" + id + "/resolve")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
    stage.read(id).body("dispute.status", equalTo("NEGOTIATION"));
  }

  @Test
  void onlyAnAdminWhoIsNoPartyRules() {
    String admin = "admin-" + UUID.randomUUID();
    Stage stage = new Stage(Stage.newId(), admin).says("delivered", "DELIVERED").known("DELIVERED");
    String id = stage.inNegotiation();
    String path = "/api/v1/admin/disputes/" + id + "/resolve";
    Map<String, String> body = Map.of("resolution", "REFUND_BUYER");
    Stage.as(admin, "admin", "buyer").body(body).post(path).then().statusCode(403);
    stage.asAgent().body(body).post(path).then().statusCode(403);
    Stage.asAdmin()
        .body(body)
        .post("/api/v1/admin/disputes/" + UUID.randomUUID() + "/resolve")
        .then()
        .statusCode(404);
  }

  @Test
  void newestDisputeIsReadAtItsTask() {
    Stage stage = Stage.delivered();
    stage.asBuyer().get(stage.disputePath()).then().statusCode(404);
    String first = stage.opens();
    stage.refuses(first, "The task is COMPLETED.").awaitStatus(first, "REFUSED");
    String second = stage.says("delivered", "DELIVERED").known("DELIVERED").opens();
    stage.asAgent().get(stage.disputePath()).then().body("dispute.id", equalTo(second));
    stage
        .asBuyer()
        .get("/api/v1/tasks/" + stage.task + "/dispute")
        .then()
        .statusCode(200)
        .body("dispute.id", equalTo(second));
    Stage.as("stranger", "buyer").get(stage.disputePath()).then().statusCode(404);
  }

  @Test
  void disputeIsReadByPartiesAndAdminsOnly() {
    Stage stage = Stage.delivered();
    String id = stage.opens();
    String path = "/api/v1/disputes/" + id;
    stage.asAgent().get(path).then().statusCode(200).body("dispute.id", equalTo(id));
    Stage.asAdmin().get(path).then().statusCode(200);
    Stage.as("stranger", "buyer", "agent").get(path).then().statusCode(404);
    Stage.asAdmin().get("/api/v1/disputes/" + UUID.randomUUID()).then().statusCode(404);
    Stage.asAdmin().get("/api/v1/disputes/7").then().statusCode(404);
    io.restassured.RestAssured.get(path).then().statusCode(401);
  }

  @Test
  void listIsThePartysNewestFirstInPages() {
    String buyer = "buyer-" + UUID.randomUUID();
    List<String> ids =
        java.util.stream.Stream.generate(() -> new Stage(Stage.newId(), buyer))
            .limit(3)
            .map(stage -> stage.says("delivered", "DELIVERED").known("DELIVERED").opens())
            .toList();
    JsonPath first =
        Stage.as(buyer, "buyer").get("/api/v1/disputes?limit=2").then().extract().jsonPath();
    assertThat(first.getList("disputes.id")).containsExactly(ids.get(2), ids.get(1));
    String cursor = first.getString("nextCursor");
    Stage.as(buyer, "buyer")
        .queryParam("cursor", cursor)
        .get("/api/v1/disputes?limit=2")
        .then()
        .statusCode(200)
        .body("disputes.id", contains(ids.getFirst()))
        .body("nextCursor", nullValue());
    String task = Stage.asAdmin().get("/api/v1/disputes/" + ids.get(1)).path("dispute.taskId");
    Stage.as(buyer, "buyer")
        .get("/api/v1/disputes?status=opening&taskId=" + task)
        .then()
        .body("disputes.id", contains(ids.get(1)));
    Stage.as(buyer, "buyer")
        .get("/api/v1/disputes?status=RESOLVED")
        .then()
        .body("disputes", hasSize(0));
    Stage.asAdmin().get("/api/v1/disputes?status=angry").then().statusCode(400);
    Stage.as("stranger", "buyer")
        .get("/api/v1/disputes")
        .then()
        .statusCode(200)
        .body("disputes.id", not(hasItem(ids.getFirst())));
    Stage.asAdmin()
        .get("/api/v1/disputes?limit=100")
        .then()
        .body("disputes.id", hasItem(ids.getFirst()));
    Stage.asAdmin().get("/api/v1/disputes?cursor=forged").then().statusCode(400);
    Stage.asAdmin().get("/api/v1/disputes?limit=0").then().statusCode(400);
    Stage.asAdmin().get("/api/v1/disputes?limit=101").then().statusCode(400);
    Stage.asAdmin().get("/api/v1/disputes?limit=many").then().statusCode(400);
  }

  private static ValidatableResponse resolve(String id, Map<String, String> body) {
    return Stage.asAdmin().body(body).post("/api/v1/admin/disputes/" + id + "/resolve").then();
  }
}
