package dev.earnest.task.api.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import dev.earnest.testkit.TestKafka;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The agent-queue document: each of its requests answers as it says, and every row of its tables.
@TaskServiceTest
class AgentQueueDocumentTest {
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
  private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private Market market;

  @BeforeEach
  void openMarket() {
    market = new Market(1);
  }

  @ParameterizedTest
  @EnumSource
  void submitTask(Door.Paths paths) {
    Door door = new Door(market, paths);
    JsonPath answer =
        door.submit(
                """
                {"message": "Research the latest developments in battery recycling",
                 "priority": 5, "timeout_override": 600, "metadata": {"source": "api"},
                 "callback_mode": "poll"}
                """)
            .statusCode(202)
            .body("task_id", matchesPattern(ID))
            .body("status", equalTo("queued"))
            .body("created_at", matchesPattern(TIME))
            .body("estimated_start", matchesPattern(TIME))
            .body("success", nullValue())
            .extract()
            .jsonPath();
    String task = answer.getString("task_id");
    assertThat(answer.getMap("$")).hasSize(6);
    assertThat(answer.getString("poll_url")).endsWith(paths.task(market.agent, task));
    market
        .asBuyer()
        .get(URI.create(answer.getString("poll_url")).getPath())
        .then()
        .statusCode(200)
        .body("task_id", equalTo(task));
    market
        .asBuyer()
        .post(URI.create(answer.getString("cancel_url")).getPath())
        .then()
        .statusCode(200)
        .body("status", equalTo("cancelled"));
  }

  @Test
  void theUrlsAreThoseOfTheGatewayWhateverAHeaderSays() {
    Door door = new Door(market);
    door.submit(
            market
                .asBuyer()
                .header("Host", "evil.example")
                .header("X-Forwarded-Host", "evil.example"),
            "{\"message\": \"Hi\"}")
        .statusCode(202)
        .body(
            "poll_url",
            matchesPattern("http://localhost:8080/agent/" + market.agent + "/task/" + ID))
        .body("cancel_url", matchesPattern("http://localhost:8080/agent/.*/cancel"));
  }

  @ParameterizedTest
  @EnumSource
  void statusWhileRunning(Door.Paths paths) {
    Door door = new Door(market, paths);
    String task = door.queued();
    market
        .asOwner()
        .body("{\"progress\": 45, \"message\": \"Reading\", \"stage\": \"research\"}")
        .post("/api/v1/tasks/" + task + "/progress")
        .then()
        .statusCode(200);
    door.show(task)
        .statusCode(200)
        .body("task_id", equalTo(task))
        .body("agent_id", equalTo(market.agent))
        .body("status", equalTo("running"))
        .body("created_at", matchesPattern(TIME))
        .body("started_at", matchesPattern(TIME))
        .body("progress", equalTo(45))
        .body("progress_message", equalTo("Reading"))
        .body("stage", equalTo("research"))
        .body("completed_at", nullValue())
        .body("result", nullValue());
  }

  @ParameterizedTest
  @EnumSource
  void statusWhenCompleted(Door.Paths paths) {
    Door door = new Door(market, paths);
    String task = door.queued();
    door.complete(task, "{\"summary\": \"Three plants opened.\", \"sources\": 12}");
    door.show(task)
        .statusCode(200)
        .body("status", equalTo("completed"))
        .body("started_at", matchesPattern(TIME))
        .body("completed_at", matchesPattern(TIME))
        .body("progress", equalTo(100))
        .body("result.summary", equalTo("Three plants opened."))
        .body("result.sources", equalTo(12));
  }

  @Test
  void aResultInWordsIsText() {
    Door door = new Door(market);
    String task = door.queued();
    market.deliver(task).statusCode(200);
    door.show(task)
        .body("status", equalTo("completed"))
        .body("result", equalTo("Done, 92 % coverage."))
        .body("artifacts[0].url", equalTo("https://git.example/x"));
  }

  @ParameterizedTest
  @EnumSource
  void sendMessageToTask(Door.Paths paths) {
    Door door = new Door(market, paths);
    String task = door.queued();
    market.ask(task, "Which region?");
    door.show(task)
        .body("status", equalTo("awaiting_input"))
        .body("question", equalTo("Which region?"));
    door.tell(task, "{\"message\": \"Focus on Europe\"}")
        .statusCode(200)
        .body("task_id", equalTo(task))
        .body("status", equalTo("running"))
        .body("question", nullValue());
    String told = TestKafka.await("task.events", task, "earnest.task.input_given.v1").value();
    assertThat(told).contains("Focus on Europe").contains(market.buyer);
  }

  @ParameterizedTest
  @EnumSource
  void cancelTask(Door.Paths paths) {
    Door door = new Door(market, paths);
    String running = door.queued();
    String waiting = door.queued();
    for (String task : List.of(waiting, running)) {
      door.cancel(task)
          .statusCode(200)
          .body("task_id", equalTo(task))
          .body("status", equalTo("cancelled"))
          .body("reason", equalTo("cancelled_by_buyer"))
          .body("finished_at", matchesPattern(TIME));
    }
  }
}
