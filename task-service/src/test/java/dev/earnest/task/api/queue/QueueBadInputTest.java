package dev.earnest.task.api.queue;

import static dev.earnest.task.Market.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import io.restassured.http.ContentType;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What makes no sense at an agent's queue gets a problem document, and nothing is written.
@TaskServiceTest
class QueueBadInputTest {
  private Market market;
  private Door door;

  @BeforeEach
  void openMarket() {
    market = new Market(1);
    door = new Door(market);
  }

  static Stream<Arguments> submissions() {
    return Stream.of(
        Arguments.of("{}", 400, "message"),
        Arguments.of("{\"message\": null}", 400, "message"),
        Arguments.of("{\"message\": \"\"}", 400, "message"),
        Arguments.of("{\"message\": \" \\n\\t \"}", 400, "message"),
        Arguments.of("{\"message\": 7}", 400, "message"),
        Arguments.of("{\"message\": [\"Hi\"]}", 400, "message"),
        Arguments.of("{\"message\": \"a\\u0000b\"}", 400, "message"),
        Arguments.of("{\"message\": \"" + "x".repeat(20_001) + "\"}", 400, "message"),
        Arguments.of(with("\"priority\": 0"), 400, "priority"),
        Arguments.of(with("\"priority\": 11"), 400, "priority"),
        Arguments.of(with("\"priority\": -1"), 400, "priority"),
        Arguments.of(with("\"priority\": 5.5"), 400, "priority"),
        Arguments.of(with("\"priority\": \"5\""), 400, "priority"),
        Arguments.of(with("\"priority\": \"high\""), 400, "priority"),
        Arguments.of(with("\"priority\": 99999999999"), 400, "priority"),
        Arguments.of(with("\"timeout_override\": 0"), 400, "timeout_override"),
        Arguments.of(with("\"timeout_override\": -5"), 400, "timeout_override"),
        Arguments.of(with("\"timeout_override\": 31536001"), 400, "timeout_override"),
        Arguments.of(with("\"timeout_override\": 1e3000"), 400, "timeout_override"),
        Arguments.of(with("\"timeout_override\": \"60\""), 400, "timeout_override"),
        Arguments.of(with("\"metadata\": []"), 400, "metadata"),
        Arguments.of(with("\"metadata\": \"x\""), 400, "metadata"),
        Arguments.of(with("\"metadata\": {\"a\": \"\\u0000\"}"), 400, "metadata"),
        Arguments.of(
            with("\"metadata\": {\"a\": \"" + "x".repeat(20_000) + "\"}"), 400, "metadata"),
        Arguments.of(with("\"callback_mode\": \"push\""), 400, "callback_mode"),
        Arguments.of(with("\"callback_mode\": \"\""), 400, "callback_mode"),
        Arguments.of(with("\"callback_mode\": true"), 400, "callback_mode"),
        Arguments.of(with("\"callback_mode\": \"webhook\""), 400, "webhook_url"),
        Arguments.of(webhook(""), 400, "webhook_url"),
        Arguments.of(webhook("https://a.example/" + "x".repeat(2_000)), 400, "webhook_url"),
        Arguments.of(webhook("ftp://a.example/"), 422, "webhook_url"),
        Arguments.of(webhook("https://10.0.0.1/"), 422, "webhook_url"),
        Arguments.of(webhook("https://169.254.169.254/latest"), 422, "webhook_url"),
        Arguments.of(webhook("nonsense"), 422, "webhook_url"));
  }

  private static String with(String member) {
    return "{\"message\": \"Hi\", " + member + "}";
  }

  private static String webhook(String url) {
    return with("\"callback_mode\": \"webhook\", \"webhook_url\": \"" + url + "\"");
  }

  @ParameterizedTest(name = "{index} {2}")
  @MethodSource("submissions")
  void aFieldThatMakesNoSense(String body, int status, String field) {
    for (Door.Paths paths : Door.Paths.values()) {
      new Door(market, paths)
          .submit(body)
          .statusCode(status)
          .contentType(startsWith("application/problem+json"))
          .body("errors[0].field", equalTo(field));
    }
    nothingWasMade();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "\"Hi\"", "{", "{\"message\": \"Hi\"} trailing"})
  void aBodyThatIsNone(String body) {
    door.submit(body).statusCode(400);
    nothingWasMade();
  }

  @Test
  void anotherTypeThanJson() {
    given()
        .spec(as(market.buyer, "buyer"))
        .contentType(ContentType.TEXT)
        .body("message=Hi")
        .post("/agent/request/" + market.agent)
        .then()
        .statusCode(415);
    nothingWasMade();
  }

  @Test
  void anOversizedBody() {
    door.submit(with("\"padding\": \"" + "x".repeat(1_100_000) + "\"")).statusCode(413);
    nothingWasMade();
  }

  @Test
  void unknownFieldsAreIgnored() {
    door.submit(with("\"colour\": \"blue\", \"budget\": 5, \"mode\": \"open\"")).statusCode(202);
  }

  @ParameterizedTest
  @EnumSource
  void anAgentOrTaskThatIsNone(Door.Paths paths) {
    String task = door.queued();
    String agent = market.agent;
    String other = new Market().agent;
    for (String nobody : new String[] {"agent-1", UUID.randomUUID().toString(), other}) {
      market.asBuyer().get(paths.task(nobody, task)).then().statusCode(404);
      market.asBuyer().post(paths.cancel(nobody, task)).then().statusCode(404);
      market
          .asBuyer()
          .body("{\"message\": \"Hi\"}")
          .post(paths.message(nobody, task))
          .then()
          .statusCode(404);
    }
    for (String none : new String[] {"task-1", UUID.randomUUID().toString()}) {
      market.asBuyer().get(paths.task(agent, none)).then().statusCode(404);
      market.asBuyer().post(paths.cancel(agent, none)).then().statusCode(404);
      market
          .asBuyer()
          .body("{\"message\": \"Hi\"}")
          .post(paths.message(agent, none))
          .then()
          .statusCode(404);
    }
    market
        .asBuyer()
        .body("{\"message\": \"Hi\"}")
        .post(paths.submit("agent-1"))
        .then()
        .statusCode(404)
        .body("code", equalTo("not_found"));
    assertThat(door.status(task)).isEqualTo("running");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"message\": \"\"}", "{\"message\": 1}", "{\"message\": \"\\u0000\"}", ""})
  void aMessageThatSaysNothing(String body) {
    String task = door.queued();
    market.ask(task, "Which one?");
    door.tell(task, body).statusCode(400);
    assertThat(door.status(task)).isEqualTo("awaiting_input");
  }

  @Test
  void nobodyListensToATaskThatIsOver() {
    String task = door.queued();
    door.complete(task);
    door.tell(task, "{\"message\": \"One more thing\"}")
        .statusCode(409)
        .body("code", equalTo("illegal_state"))
        .body("state", equalTo("COMPLETED"));
  }

  @Test
  void otherMethodsDoNotExist() {
    String task = door.queued();
    market.asBuyer().delete(door.paths().task(market.agent, task)).then().statusCode(405);
    market.asBuyer().get(door.paths().submit(market.agent)).then().statusCode(405);
  }

  private void nothingWasMade() {
    market.asBuyer().get("/api/v1/tasks").then().statusCode(200).body("tasks", hasSize(0));
  }
}
