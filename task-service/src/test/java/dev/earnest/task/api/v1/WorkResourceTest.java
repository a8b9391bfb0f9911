package dev.earnest.task.api.v1;

import static dev.earnest.task.Market.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestClock;
import dev.earnest.testkit.TestKafka;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Agents at work, and buyers who wait for it.
@TaskServiceTest
class WorkResourceTest {
  private static final String SCHEMA =
      "\"outputSchema\": {\"type\": \"object\", \"required\": [\"rows\"],"
          + " \"properties\": {\"rows\": {\"type\": \"integer\", \"minimum\": 1}}}";

  private Market market;

  @BeforeEach
  void openMarket() {
    market = new Market();
  }

  @Test
  void aQuestionPausesTheDeadlineUntilItIsAnswered() {
    String task = market.executing();
    String before = deadline(task);
    market.ask(task, "Which database?");
    market.show(task).body("task.status", equalTo("AWAITING_INPUT"));
    TestClock.advance(Duration.ofDays(2));
    buyer(task, "input", "{\"message\": \"PostgreSQL\"}")
        .statusCode(200)
        .body("task.status", equalTo("EXECUTING"));
    assertThat(Duration.between(Instant.parse(before), Instant.parse(deadline(task))))
        .isBetween(Duration.ofDays(2), Duration.ofDays(2).plusMinutes(5));
    buyer(task, "input", "{\"message\": \"again\"}").statusCode(409);
    String told = TestKafka.await("task.events", task, "earnest.task.input_given.v1").value();
    assertThat(told).contains("\"messageId\":null");
  }

  @Test
  void aDeadlineRestsForSevenDaysInSumAndNotLonger() {
    String task = market.executing();
    buyer(task, "hold", null).statusCode(200).body("task.status", equalTo("ON_HOLD"));
    TestClock.advance(Duration.ofDays(6));
    buyer(task, "resume", null).statusCode(200).body("task.status", equalTo("EXECUTING"));
    buyer(task, "hold", null).statusCode(200);
    TestClock.advance(Duration.ofDays(7));
    assertThat(market.status(task)).isEqualTo("ON_HOLD");
    TestClock.advance(Duration.ofDays(2));
    market.awaitStatus(task, "FAILED");
    market.show(task).body("task.reason", equalTo("timeout"));
  }

  private String deadline(String task) {
    return market.show(task).extract().path("task.deadline");
  }

  @Test
  void completingAReviewedTaskIsADelivery() {
    String task = market.executing();
    complete(task, "{\"output\": {\"answer\": 42}}")
        .statusCode(200)
        .body("task.status", equalTo("DELIVERED"));
    market.show(task).body("task.output.answer", equalTo(42));
  }

  @Test
  void withoutReviewTheAgentSaysWhenItIsDone() {
    String task = unreviewed("\"priority\": \"LOW\"");
    complete(task, "{\"output\": \"result payload\"}")
        .statusCode(200)
        .body("task.status", equalTo("COMPLETED"));
    market.show(task).body("task.output", equalTo("result payload"));
    String told = TestKafka.await("task.events", task, "earnest.task.completed.v1").value();
    Contracts.assertKept("earnest.task.completed.v1", told);
    assertThat(told).contains("\"payee\":\"" + market.owner + "\"").contains("result payload");
    complete(task, "{\"output\": \"again\"}").statusCode(409).body("state", equalTo("COMPLETED"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"output\": null}", "[]", ""})
  void aCompletionNeedsAnOutput(String body) {
    String task = unreviewed("\"priority\": \"LOW\"");
    complete(task, body).statusCode(400);
    assertThat(market.status(task)).isEqualTo("EXECUTING");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"output\": {\"rows\": 0}}",
        "{\"output\": {\"rows\": \"many\"}}",
        "{\"output\": {}}",
        "{\"output\": \"rows\"}"
      })
  void anOutputThatIsNotWhatTheBuyerAskedForIsNoDelivery(String body) {
    String task = unreviewed(SCHEMA);
    complete(task, body)
        .statusCode(422)
        .body("code", equalTo("output_invalid"))
        .body("errors.detail", not(equalTo(null)));
    market.show(task).body("task.status", equalTo("EXECUTING")).body("task.output", nullValue());
    complete(task, "{\"output\": {\"rows\": 3}}").statusCode(200);
  }

  @Test
  void deliveriesAreHeldToTheSchemaToo() {
    String task = market.create(SCHEMA);
    market.held(task);
    market.awaitStatus(task, "EXECUTING");
    market.deliver(task).statusCode(422);
    assertThat(market.status(task)).isEqualTo("EXECUTING");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"objekt\"}",
        "[]",
        "\"object\"",
        "{\"$ref\": \"https://example.com/schema.json\"}",
        "{\"$ref\": \"#\"}",
        "{\"pattern\": \"(\"}"
      })
  void aSchemaThatIsNoneOrABombIsRefused(String schema) {
    market
        .asBuyer()
        .body("{\"capability\": \"coding\", \"outputSchema\": " + schema + "}")
        .post("/api/v1/tasks")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("outputSchema"));
  }

  @Test
  void failingIsFinalAndSaysWhy() {
    String task = market.executing();
    fail(task, "{\"error_reason\": \"\"}").statusCode(400);
    fail(task, "{}").statusCode(400);
    fail(task, "{\"error_reason\": \"failure description\"}")
        .statusCode(200)
        .body("task.status", equalTo("FAILED"))
        .body("task.reason", equalTo("failure description"));
    fail(task, "{\"error_reason\": \"again\"}").statusCode(409);
  }

  @Test
  void fiveFailuresInARowTakeAnAgentOutUntilASignOfLife() {
    for (int i = 0; i < 5; i++) {
      fail(market.executing(), "{\"error_reason\": \"x\"}").statusCode(200);
    }
    market
        .asBuyer()
        .get("/api/v1/agents/" + market.agent)
        .then()
        .body("agent.status", equalTo("ERROR"))
        .body("agent.available", equalTo(false));
    market
        .asBuyer()
        .body(market.brief("50.00"))
        .post("/api/v1/tasks")
        .then()
        .statusCode(409)
        .body("code", equalTo("agent_unavailable"));
    market
        .asOwner()
        .post("/api/v1/agents/" + market.agent + "/heartbeat")
        .then()
        .statusCode(200)
        .body("agent.status", equalTo("ACTIVE"));
    market.executing();
  }

  @Test
  void anotherAgentGoesOnAndTheFirstIsFencedOff() {
    String task = market.executing();
    Market other = new Market();
    reassign(task, "{\"new_agent_id\": \"" + other.agent + "\"}")
        .statusCode(200)
        .body("task.agentId", equalTo(other.agent))
        .body("task.attempt", equalTo(2))
        .body("task.status", equalTo("EXECUTING"));
    market.deliver(task).statusCode(409).body("code", equalTo("stale_attempt"));
    market.asOwner().get("/api/v1/tasks/" + task).then().statusCode(404);
    other.deliver(task).statusCode(200);
    reassign(task, "{\"new_agent_id\": \"" + market.agent + "\"}")
        .statusCode(409)
        .body("code", equalTo("use_dispute"));
  }

  @Test
  void whomATaskIsNotGivenTo() {
    String task = market.executing();
    reassign(task, "{\"new_agent_id\": \"" + market.agent + "\"}")
        .statusCode(409)
        .body("code", equalTo("same_agent"));
    reassign(task, "{\"new_agent_id\": \"0199f1c0-1100-7a5b-8c22-1e2d3c4b5a69\"}").statusCode(400);
    reassign(task, "{}").statusCode(400);
    Market stopped = new Market();
    stopped.asOwner().post("/api/v1/agents/" + stopped.agent + "/stop").then().statusCode(200);
    reassign(task, "{\"new_agent_id\": \"" + stopped.agent + "\"}")
        .statusCode(409)
        .body("code", equalTo("agent_unavailable"));
    Market full = new Market(1);
    full.executing();
    reassign(task, "{\"new_agent_id\": \"" + full.agent + "\"}")
        .statusCode(409)
        .body("code", equalTo("agent_full"));
    market.show(task).body("task.agentId", equalTo(market.agent)).body("task.attempt", equalTo(1));
  }

  @Test
  void aTaskThatIsOverCanBeTriedAgain() {
    String task = market.executing();
    buyer(task, "retry", null).statusCode(409).body("code", equalTo("not_over"));
    fail(task, "{\"error_reason\": \"x\"}").statusCode(200);
    market.asOwner().post("/api/v1/tasks/" + task + "/retry").then().statusCode(403);
    as("stranger", "buyer").post("/api/v1/tasks/" + task + "/retry").then().statusCode(404);
    String again =
        buyer(task, "retry", null)
            .statusCode(201)
            .body("task.retryOf", equalTo(task))
            .body("task.status", equalTo("PENDING"))
            .body("task.agentId", equalTo(market.agent))
            .body("task.budget", equalTo(50.00f))
            .extract()
            .path("task.id");
    market.held(again);
    market.awaitStatus(again, "EXECUTING");
  }

  @Test
  void aSynchronousCreationAnswersWithTheResult() throws Exception {
    String capability = "sync-" + System.nanoTime();
    Market one = new Market(5, capability);
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var answer =
          pool.submit(() ->
              market
                  .asBuyer()
                  .body(
                      """
                      {"capability": "%s", "mode": "open", "execution_mode": "sync"}
                      """
                          .formatted(capability))
                  .post("/api/v1/tasks")
                  .then()
                  .statusCode(201)
                  .extract());
      String task = one.claimNext("?wait=20").statusCode(200).extract().path("task.id");
      one.asOwner()
          .body("{\"output\": \"done\"}")
          .put("/api/v1/tasks/" + task + "/complete")
          .then()
          .statusCode(200);
      assertThat(answer.get().<String>path("task.status")).isEqualTo("COMPLETED");
      assertThat(answer.get().<String>path("task.output")).isEqualTo("done");
    }
  }

  @Test
  void aPreferredWaitEndsWithTheTaskAsItIs() {
    market
        .asBuyer()
        .header("Prefer", "respond-async, wait=1")
        .header("Idempotency-Key", "sync-" + System.nanoTime())
        .body("{\"capability\": \"nobody-can\", \"mode\": \"open\"}")
        .post("/api/v1/tasks")
        .then()
        .statusCode(201)
        .header("Preference-Applied", equalTo("wait=1"))
        .body("task.status", equalTo("PENDING"));
  }

  @ParameterizedTest
  @CsvSource({"Prefer, wait=61", "Prefer, wait=x", "Prefer, wait=-1"})
  void waitsThatMakeNoSense(String header, String value) {
    market
        .asBuyer()
        .header(header, value)
        .body("{\"capability\": \"coding\"}")
        .post("/api/v1/tasks")
        .then()
        .statusCode(400);
  }

  @Test
  void listsAreNarrowedDown() {
    String word = "w" + System.nanoTime();
    String first =
        market
            .asBuyer()
            .body(
                """
                {"title": "Count the %s", "description": "All of them", "category": "RESEARCH",
                 "budget": 1, "priority": "HIGH", "mode": "open"}
                """
                    .formatted(word))
            .post("/api/v1/tasks")
            .then()
            .statusCode(201)
            .extract()
            .path("task.id");
    String second = market.executing();
    for (String query :
        List.of(
            "search=" + word,
            "search=" + word.toUpperCase(Locale.ROOT) + " count",
            "category=research",
            "priority=high",
            "status=pending")) {
      market
          .asBuyer()
          .get("/api/v1/tasks?" + query)
          .then()
          .statusCode(200)
          .body("tasks.id", hasItem(first))
          .body("tasks.id", not(hasItem(second)));
    }
    market
        .asBuyer()
        .get("/api/v1/tasks?status=Executing,MATCHING&agent_id=" + market.agent)
        .then()
        .body("tasks.id", equalTo(List.of(second)));
    market.asOwner().get("/api/v1/tasks?view=buyer").then().body("tasks.size()", equalTo(0));
    market
        .asOwner()
        .get("/api/v1/tasks?view=agent&category=CODING")
        .then()
        .body("tasks.id", equalTo(List.of(second)));
    for (String query :
        List.of("category=COOKING", "priority=9", "agent_id=x", "status=pending,")) {
      market
          .asBuyer()
          .get("/api/v1/tasks?" + query)
          .then()
          .statusCode(400)
          .body("errors[0].field", startsWith(query.substring(0, query.indexOf('='))));
    }
  }

  private String unreviewed(String member) {
    String task = market.create(member, "\"review\": \"NONE\"");
    market.held(task);
    market.awaitStatus(task, "EXECUTING");
    market.show(task).body("task.review", equalTo("NONE")).body("task.deadline", notNullValue());
    return task;
  }

  private ValidatableResponse complete(String task, String body) {
    return market.asOwner().body(body).put("/api/v1/tasks/" + task + "/complete").then();
  }

  private ValidatableResponse fail(String task, String body) {
    return market.asOwner().body(body).put("/api/v1/tasks/" + task + "/fail").then();
  }

  private ValidatableResponse reassign(String task, String body) {
    return buyer(task, "reassign", body);
  }

  private ValidatableResponse buyer(String task, String command, @Nullable String body) {
    var request = market.asBuyer();
    if (body != null) {
      request.body(body);
    }
    return request.post("/api/v1/tasks/" + task + "/" + command).then();
  }
}
