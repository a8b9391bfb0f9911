package dev.earnest.dispute.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.dispute.DisputeServiceTest;
import dev.earnest.dispute.Stage;
import dev.earnest.testkit.TestKafka;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisputeServiceTest
class OpenDisputeResourceTest {
  @Test
  void buyerOpensAndTaskServiceIsAsked() {
    Stage stage = Stage.delivered();

    String id =
        stage
            .asBuyer()
            .body(Map.of("reason", "JWT is missing.", "category", "INCOMPLETE_DELIVERY"))
            .post(stage.disputePath())
            .then()
            .statusCode(201)
            .body("success", equalTo(true))
            .body("dispute.taskId", equalTo(stage.task.toString()))
            .body("dispute.status", equalTo("OPENING"))
            .body("dispute.openedByRole", equalTo("BUYER"))
            .body("dispute.createdAt", notNullValue())
            .body("dispute.deadline", nullValue())
            .extract()
            .path("dispute.id");

    JsonPath event = JsonPath.from(stage.hears("earnest.dispute.opened.v1").value());
    assertThat(event.getString("disputeId")).isEqualTo(id);
    assertThat(event.getString("openedBy")).isEqualTo(stage.buyer);
    assertThat(event.getString("category")).isEqualTo("INCOMPLETE_DELIVERY");
    assertThat(event.getString("reason")).isEqualTo("JWT is missing.");
  }

  @Test
  void agentOpensAtTheOtherAddressWithoutCategory() {
    Stage stage = Stage.executing();
    stage
        .asAgent()
        .body(Map.of("reason", "The buyer does not answer."))
        .post("/api/v1/tasks/" + stage.task + "/dispute")
        .then()
        .statusCode(201)
        .body("dispute.category", equalTo("OTHER"))
        .body("dispute.openedByRole", equalTo("AGENT"));
  }

  @Test
  void taskThatOnlyJustReachedUsIsWaitedFor() throws Exception {
    Stage stage = new Stage();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> opening = threads.submit(stage::opens);
      stage.says("assigned", "EXECUTING");
      assertThat(opening.get()).isNotEmpty();
    }
  }

  @Test
  void oneOfManyOpensATask() throws Exception {
    Stage stage = Stage.delivered();
    Callable<Integer> attempt =
        () ->
            stage
                .asBuyer()
                .body(Map.of("reason", "mine"))
                .post(stage.disputePath())
                .then()
                .extract()
                .statusCode();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Integer> statuses =
          threads.invokeAll(IntStream.range(0, 12).mapToObj(_ -> attempt).toList()).stream()
              .map(Future::resultNow)
              .toList();
      assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
      assertThat(statuses).filteredOn(status -> status == 409).hasSize(11);
    }
    stage.hears("earnest.dispute.opened.v1");
    assertThat(TestKafka.records("dispute.events", stage.task.toString())).hasSize(1);
  }

  @Test
  void secondOneIsTold() {
    Stage stage = Stage.delivered();
    stage.opens();
    stage
        .asAgent()
        .body(Map.of("reason", "me too"))
        .post(stage.disputePath())
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("code", equalTo("dispute_open"))
        .body("state", equalTo("DELIVERED"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PENDING", "MATCHING", "COMPLETED", "FAILED", "CANCELLED", "EXPIRED"})
  void taskThatIsOverOrNotBegunIsTold(String status) {
    Stage stage = new Stage().says("assigned", status).known(status);
    stage
        .asBuyer()
        .body(Map.of("reason", "no"))
        .post(stage.disputePath())
        .then()
        .statusCode(409)
        .body("code", equalTo("not_disputable"))
        .body("state", equalTo(status));
    assertThat(TestKafka.records("dispute.events", stage.task.toString())).isEmpty();
  }

  @Test
  void eleventhOpenDisputeOfAnAccountIsTooMany() throws Exception {
    String buyer = "buyer-" + UUID.randomUUID();
    List<Stage> stages =
        IntStream.range(0, 14)
            .mapToObj(_ -> new Stage(Stage.newId(), buyer).says("delivered", "DELIVERED"))
            .toList();
    stages.forEach(stage -> stage.known("DELIVERED"));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> attempts =
          stages.stream().<Callable<Integer>>map(stage -> () -> tryToOpen(stage)).toList();
      List<Integer> statuses = threads.invokeAll(attempts).stream().map(Future::resultNow).toList();
      assertThat(statuses).filteredOn(status -> status == 201).hasSize(10);
      assertThat(statuses).filteredOn(status -> status == 429).hasSize(4);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{}",
        "{\"reason\": null}",
        "{\"reason\": \"\"}",
        "{\"reason\": \"  \"}",
        "{\"reason\": 5}",
        "{\"reason\": {\"a\": 1}}",
        "{\"reason\": \"x\", \"category\": \"ANGER\"}",
        "{\"reason\": \"x\", \"category\": 1}",
        "{\"reason\": \"\\u0000\"}",
      })
  void badBodyIsRefusedAndNothingIsWritten(String body) {
    Stage stage = Stage.delivered();
    stage
        .asBuyer()
        .body(body)
        .post(stage.disputePath())
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", notNullValue())
        .body("success", equalTo(false));
    assertThat(TestKafka.records("dispute.events", stage.task.toString())).isEmpty();
    stage.opens();
  }

  @Test
  void reasonIsAtMostTenThousandCharacters() {
    Stage stage = Stage.delivered();
    stage
        .asBuyer()
        .body(Map.of("reason", "x".repeat(10_001)))
        .post(stage.disputePath())
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("reason"));
    stage
        .asBuyer()
        .body(Map.of("reason", "x".repeat(10_000)))
        .post(stage.disputePath())
        .then()
        .statusCode(201);
  }

  @Test
  void whoDoesNotSeeTheTaskGets404AndWhoSeesItOnly403() {
    Stage stage = Stage.delivered();
    Map<String, String> body = Map.of("reason", "x");
    Stage.as("stranger", "buyer", "agent")
        .body(body)
        .post(stage.disputePath())
        .then()
        .statusCode(404);
    Stage.asAdmin().body(body).post(stage.disputePath()).then().statusCode(403);
    stage
        .asBuyer()
        .body(body)
        .post("/api/v1/dashboard/tasks/" + UUID.randomUUID() + "/dispute")
        .then()
        .statusCode(404);
    stage.asBuyer().body(body).post("/api/v1/dashboard/tasks/7/dispute").then().statusCode(404);
    io.restassured.RestAssured.given()
        .contentType(ContentType.JSON)
        .body(body)
        .post(stage.disputePath())
        .then()
        .statusCode(401)
        .contentType("application/problem+json");
  }

  private static int tryToOpen(Stage stage) {
    return stage
        .asBuyer()
        .body(Map.of("reason", "again"))
        .post(stage.disputePath())
        .then()
        .extract()
        .statusCode();
  }
}
