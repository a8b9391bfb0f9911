package dev.earnest.task.api.queue;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import dev.earnest.testkit.TestClock;
import dev.earnest.testkit.TestKafka;
import dev.earnest.testkit.Tokens;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The tables of the agent-queue document, row by row, and what the API document says of the door.
@TaskServiceTest
class AgentQueueTablesTest {
  private Market market;

  @BeforeEach
  void openMarket() {
    market = new Market(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "priority, , 5",
    "priority, 1, 1",
    "priority, 3, 3",
    "priority, 10, 10",
    "timeout_override, , ",
    "timeout_override, 60, 60",
    "timeout_override, 31536000, 31536000",
    "callback_mode, , poll",
    "callback_mode, poll, poll",
    "callback_mode, POLL, poll"
  })
  void fieldOfTheSubmission(String field, String sent, String shown) {
    Door door = new Door(market);
    boolean text = sent != null && !Character.isDigit(sent.charAt(0));
    String value = text ? "\"" + sent + "\"" : sent;
    String task = sent == null ? door.queued() : door.queued("\"" + field + "\": " + value);
    Object found = door.show(task).statusCode(200).extract().path(field);
    assertThat(found == null ? null : found.toString()).isEqualTo(shown);
  }

  @Test
  void messageIsWhatTheAgentReads() {
    String task =
        new Door(market)
            .submit("{\"message\": \"  First line\\nand more\"}")
            .statusCode(202)
            .extract()
            .path("task_id");
    market
        .asOwner()
        .get("/api/v1/tasks/" + task)
        .then()
        .body("task.title", equalTo("First line"))
        .body("task.description", equalTo("  First line\nand more"));
  }

  @Test
  void timeoutOverrideIsHowLongTheAgentHas() {
    Door door = new Door(market);
    String task = door.queued("\"timeout_override\": 90");
    TestClock.advance(Duration.ofSeconds(80));
    assertThat(door.status(task)).isEqualTo("running");
    TestClock.advance(Duration.ofSeconds(15));
    await().atMost(20, SECONDS).until(() -> door.status(task).equals("failed"));
    door.show(task).body("error", equalTo("timeout")).body("reason", equalTo("timeout"));
  }

  @Test
  void metadataComesBack() {
    Door door = new Door(market);
    String task = door.queued("\"metadata\": {\"customer\": {\"id\": 7}}");
    door.show(task).body("metadata.customer.id", equalTo(7));
  }

  @Test
  void webhookGetsTheTasksEnd() {
    Door door = new Door(market);
    String task =
        door.queued(
            "\"callback_mode\": \"webhook\"", "\"webhook_url\": \"https://client.example/hook\"");
    door.show(task)
        .body("callback_mode", equalTo("webhook"))
        .body("webhook_url", equalTo("https://client.example/hook"));
    door.complete(task);
    assertThat(TestKafka.await("task.events", task, "earnest.task.completed.v1").value())
        .contains("\"callbackUrl\":\"https://client.example/hook\"");
  }

  @Test
  void pollingIgnoresAWebhookUrl() {
    Door door = new Door(market);
    String task = door.queued("\"webhook_url\": \"https://client.example/hook\"");
    door.show(task).body("callback_mode", equalTo("poll")).body("webhook_url", nullValue());
  }

  static Stream<Arguments> statusCodesOfSubmit() {
    return Stream.of(Door.Paths.values())
        .flatMap(paths ->
            Stream.of(
                Arguments.of(paths, "202", null),
                Arguments.of(paths, "400", null),
                Arguments.of(paths, "401", null),
                Arguments.of(paths, "404", null),
                Arguments.of(paths, "503", "pause"),
                Arguments.of(paths, "503", "stop")));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource
  void statusCodesOfSubmit(Door.Paths paths, String status, String action) {
    Door door = new Door(market, paths);
    if (action != null) {
      door.agentDoes(action);
    }
    String agent = status.equals("404") ? UUID.randomUUID().toString() : market.agent;
    String body = status.equals("400") ? "{}" : "{\"message\": \"Hi\"}";
    given()
        .header(
            "Authorization",
            "Bearer "
                + (status.equals("401")
                    ? Tokens.expired(market.buyer, "buyer")
                    : Tokens.of(market.buyer, "buyer")))
        .contentType("application/json")
        .body(body)
        .post(paths.submit(agent))
        .then()
        .statusCode(Integer.parseInt(status));
  }

  @ParameterizedTest
  @EnumSource
  void anAgentInErrorIsUnavailable(Door.Paths paths) {
    Door door = new Door(market, paths);
    for (int failure = 1; failure <= 5; failure++) {
      door.fail(door.queued(), "out of memory");
    }
    door.submit("{\"message\": \"Hi\"}")
        .statusCode(503)
        .contentType(containsString("application/problem+json"))
        .body("code", equalTo("agent_unavailable"))
        .body("detail", containsString("ERROR"));
    door.agentDoes("heartbeat");
    assertThat(door.status(door.queued())).isEqualTo("running");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"queued", "running", "awaiting_input", "completed", "failed", "cancelled"})
  void taskStates(String state) {
    Door door = new Door(market);
    String first = door.queued();
    String task = state.equals("queued") ? door.queued() : first;
    switch (state) {
      case "awaiting_input" -> market.ask(task, "Which one?");
      case "completed" -> door.complete(task);
      case "failed" -> door.fail(task, "no such file");
      case "cancelled" -> door.cancel(task).statusCode(200);
      default -> {}
    }
    door.show(task)
        .body("status", equalTo(state))
        .body("error", equalTo(state.equals("failed") ? "no such file" : null))
        .body("estimated_start", state.equals("queued") ? notNullValue() : nullValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"completed", "failed", "cancelled"})
  void whatIsOverCannotBeCancelled(String state) {
    Door door = new Door(market);
    String task = door.queued();
    switch (state) {
      case "completed" -> door.complete(task);
      case "failed" -> door.fail(task, "no such file");
      default -> door.cancel(task).statusCode(200);
    }
    door.cancel(task)
        .statusCode(400)
        .body("code", equalTo("not_cancellable"))
        .body("detail", containsString(state));
    assertThat(door.status(task)).isEqualTo(state);
  }

  @ParameterizedTest
  @EnumSource
  void theApiDocumentShowsTheDoor(Door.Paths paths) {
    JsonPath document = given().get("/q/openapi?format=json").then().extract().jsonPath();
    Map<String, Object> all = document.getMap("paths");
    assertThat(all)
        .containsKeys(
            paths.submit("{agentId}"),
            paths.task("{agentId}", "{taskId}"),
            paths.message("{agentId}", "{taskId}"),
            paths.cancel("{agentId}", "{taskId}"));
    String submit = "paths.'" + paths.submit("{agentId}") + "'.post.";
    assertThat(document.getList(submit + "tags")).isEqualTo(List.of("Agent queue"));
    assertThat(
            document.getInt(
                submit + "requestBody.content.'application/json'.examples.submit.value.priority"))
        .isEqualTo(7);
    assertThat(
            document.getString(
                submit + "responses.'202'.content.'application/json'.examples.queued.value.status"))
        .isEqualTo("queued");
    assertThat(document.getList("components.schemas.QueueStatus.enum"))
        .isEqualTo(
            List.of("queued", "running", "awaiting_input", "completed", "failed", "cancelled"));
    Map<String, Object> fields = document.getMap("components.schemas.SubmitTask.properties");
    assertThat(fields)
        .containsOnlyKeys(
            "message", "priority", "timeout_override", "metadata", "callback_mode", "webhook_url");
  }
}
