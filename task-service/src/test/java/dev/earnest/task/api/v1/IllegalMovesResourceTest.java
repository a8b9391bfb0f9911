package dev.earnest.task.api.v1;

import static dev.earnest.task.domain.TaskState.AWAITING_INPUT;
import static dev.earnest.task.domain.TaskState.CANCELLED;
import static dev.earnest.task.domain.TaskState.COMPLETED;
import static dev.earnest.task.domain.TaskState.DELIVERED;
import static dev.earnest.task.domain.TaskState.EXECUTING;
import static dev.earnest.task.domain.TaskState.EXPIRED;
import static dev.earnest.task.domain.TaskState.FAILED;
import static dev.earnest.task.domain.TaskState.MATCHING;
import static dev.earnest.task.domain.TaskState.ON_HOLD;
import static dev.earnest.task.domain.TaskState.PENDING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import dev.earnest.task.domain.TaskState;
import dev.earnest.testkit.TestClock;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a task's state does not allow is refused with 409 and that state, and changes nothing. Who
/// calls may do the same in another state.
@TaskServiceTest
class IllegalMovesResourceTest {
  private static final Set<TaskState> WORKED_ON = Set.of(EXECUTING, AWAITING_INPUT, ON_HOLD);
  private static final Set<TaskState> FINAL = Set.of(COMPLETED, FAILED, CANCELLED, EXPIRED);

  /// Where each command is legal, as the design says. The tasks are hires that their buyer reviews;
  /// the PENDING one waits for its money.
  private static final List<Row> TABLE =
      List.of(
          byBuyer("hold", "", Set.of(EXECUTING, AWAITING_INPUT)),
          byBuyer("resume", "", Set.of(ON_HOLD)),
          byBuyer("input", "{\"message\": \"42\"}", Set.of(AWAITING_INPUT)),
          byBuyer("review", "{\"action\": \"approve\", \"rating\": 5}", Set.of(DELIVERED)),
          byBuyer("review", "{\"action\": \"request_revision\"}", Set.of(DELIVERED)),
          byBuyer("cancel", "", Set.of(PENDING, MATCHING, EXECUTING, AWAITING_INPUT, ON_HOLD)),
          byBuyer("reassign", "{\"new_agent_id\": \"OTHER\"}", WORKED_ON),
          byBuyer("retry", "", FINAL),
          byAgent("claim", "", Set.of(MATCHING)),
          byAgent("release", "", Set.of()),
          byAgent("request-input", "{\"question\": \"?\"}", Set.of(EXECUTING)),
          byAgent("progress", "{\"progress\": 50}", Set.of(EXECUTING)),
          byAgent("heartbeat", "", Set.of(EXECUTING)),
          byAgent(
              "artifacts",
              """
              {"artifacts": [{"artifact_type": "text", "name": "a", "content": "b"}]}
              """,
              WORKED_ON),
          byAgent("deliver", "{\"resultSummary\": \"done\"}", WORKED_ON),
          byAgent("complete", "{\"output\": \"done\"}", WORKED_ON),
          byAgent("fail", "{\"error_reason\": \"no idea\"}", WORKED_ON));

  private Market market;
  private Market other;

  @BeforeEach
  void openMarkets() {
    market = new Market();
    other = new Market();
  }

  private record Row(boolean agents, String command, String body, Set<TaskState> legal) {
    @Override
    public String toString() {
      return command + " " + body;
    }
  }

  private static Row byBuyer(String command, String body, Set<TaskState> legal) {
    return new Row(false, command, body, legal);
  }

  private static Row byAgent(String command, String body, Set<TaskState> legal) {
    return new Row(true, command, body, legal);
  }

  @ParameterizedTest
  @EnumSource
  void whatAStateDoesNotAllowIsRefusedAndChangesNothing(TaskState state) {
    String task = bring(state);
    assertThat(market.status(task)).isEqualTo(state.name());
    refusesAllBut(task, state, state != MATCHING);
  }

  /// Nobody is its agent: what an agent does with its task does not come into question.
  @Test
  void openWorkThatNobodyTookYet() {
    refusesAllBut(market.openFree("nobodys-" + UUID.randomUUID()), PENDING, false);
  }

  private void refusesAllBut(String task, TaskState state, boolean hasAgent) {
    String before = seen(task);
    SoftAssertions all = new SoftAssertions();
    for (Row row : TABLE) {
      if (row.legal().contains(state) || (row.agents() && !hasAgent)) {
        continue;
      }
      Response answer = send(task, row);
      all.assertThat(answer.statusCode()).as("%s when %s", row, state).isEqualTo(409);
      all.assertThat(answer.contentType()).as("%s", row).contains("application/problem+json");
      all.assertThat(answer.jsonPath().getString("state"))
          .as("state in the problem of %s when %s: %s", row, state, answer.asString())
          .isEqualTo(state.name());
    }
    all.assertThat(seen(task)).isEqualTo(before);
    all.assertAll();
    market
        .asBuyer()
        .get("/api/v1/tasks/" + task + "/artifacts")
        .then()
        .body("artifacts.name", not(hasItem("a")));
  }

  private String seen(String task) {
    return market.show(task).extract().asString();
  }

  private Response send(String task, Row row) {
    RequestSpecification by = row.agents() ? market.asOwner() : market.asBuyer();
    if (!row.body().isEmpty()) {
      by.body(row.body().replace("OTHER", other.agent));
    }
    String path = "/api/v1/tasks/" + task + "/" + row.command();
    return switch (row.command()) {
      case "complete", "fail" -> by.put(path);
      case "deliver" -> by.post("/api/v1/agents/" + market.agent + "/tasks/" + task + "/deliver");
      default -> by.post(path);
    };
  }

  private String bring(TaskState state) {
    return switch (state) {
      case PENDING -> market.create();
      case MATCHING -> made("\"capability\": \"nobodys-" + UUID.randomUUID() + "\"");
      case EXECUTING -> hire();
      case AWAITING_INPUT -> {
        String task = hire();
        market.ask(task, "Which database?");
        yield task;
      }
      case ON_HOLD -> after(hire(), "hold");
      case DELIVERED -> delivered();
      case DISPUTED -> {
        String task = delivered();
        market.disputed(task);
        yield task;
      }
      case COMPLETED -> {
        String task = delivered();
        market.review(task, "{\"action\": \"approve\", \"rating\": 5}").statusCode(200);
        yield task;
      }
      case FAILED -> {
        String task = hire();
        market
            .asOwner()
            .body("{\"error_reason\": \"no idea\"}")
            .put("/api/v1/tasks/" + task + "/fail")
            .then()
            .statusCode(200);
        yield task;
      }
      case CANCELLED -> after(hire(), "cancel");
      case EXPIRED -> {
        market = new Market(1);
        hire();
        String task = hire("\"timeoutSeconds\": 30");
        TestClock.advance(Duration.ofSeconds(31));
        market.awaitStatus(task, "EXPIRED");
        yield task;
      }
    };
  }

  private String delivered() {
    String task = hire();
    market.deliver(task).statusCode(200);
    return task;
  }

  private String after(String task, String command) {
    market.asBuyer().post("/api/v1/tasks/" + task + "/" + command).then().statusCode(200);
    return task;
  }

  /// A hire without money that its buyer reviews: at work at once where its agent has room.
  private String hire(String... members) {
    String more = members.length == 0 ? "" : ", " + String.join(", ", members);
    return made(
        "\"capability\": \"anything\", \"agentId\": \"%s\"%s".formatted(market.agent, more));
  }

  private String made(String members) {
    return market
        .asBuyer()
        .body("{\"review\": \"BUYER\", %s}".formatted(members))
        .post("/api/v1/tasks")
        .then()
        .statusCode(201)
        .extract()
        .path("task.id");
  }

  @ParameterizedTest
  @EnumSource(names = {"EXECUTING", "CANCELLED", "EXPIRED"})
  void proposalsWhenTheirTimeIsOver(TaskState state) {
    String task = market.made("\"mode\": \"proposals\"", "\"proposalWindowSeconds\": 60");
    market.held(task);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> market.show(task).extract().path("task.funded"));
    String proposals = "/api/v1/tasks/" + task + "/proposals";
    String one = propose(task, market).then().statusCode(201).extract().path("proposal.id");
    String declined = propose(task, other).then().statusCode(201).extract().path("proposal.id");
    switch (state) {
      case EXECUTING ->
          market.asBuyer().post(proposals + "/" + one + "/accept").then().statusCode(200);
      case CANCELLED -> after(task, "cancel");
      default -> TestClock.advance(Duration.ofSeconds(61));
    }
    market.awaitStatus(task, state.name());
    String before = seen(task) + market.asBuyer().get(proposals).asString();

    propose(task, new Market())
        .then()
        .statusCode(409)
        .body("code", equalTo("proposals_closed"))
        .body("state", equalTo(state.name()));
    market
        .asBuyer()
        .post(proposals + "/" + declined + "/accept")
        .then()
        .statusCode(409)
        .body("state", equalTo(state.name()));
    assertThat(seen(task) + market.asBuyer().get(proposals).asString()).isEqualTo(before);
  }

  private static Response propose(String task, Market by) {
    return by.asOwner()
        .body("{\"approach\": \"Test first\", \"price\": 30.00}")
        .post("/api/v1/tasks/" + task + "/proposals");
  }

  /// For whom a task does not exist, it does not exist whatever they try: what agents may take, for
  /// those who are none; what waits for its money, for everybody else.
  @Test
  void whoSeesNoTaskIsNotToldWhatItWouldTake() {
    String free = market.openFree("nobodys-" + UUID.randomUUID());
    String unfunded = market.made("\"mode\": \"open\"");
    String proposed = market.made("\"mode\": \"proposals\"", "\"proposalWindowSeconds\": 60");
    String claim = "/claim";
    String propose = "/proposals";
    SoftAssertions all = new SoftAssertions();
    all.assertThat(tried(Market.as("stranger", "buyer"), free, claim)).as("claim").isEqualTo(404);
    all.assertThat(tried(Market.as("stranger", "buyer"), proposed, propose))
        .as("propose")
        .isEqualTo(404);
    all.assertThat(tried(other.asOwner(), unfunded, claim)).as("claim too early").isEqualTo(404);
    all.assertThat(tried(other.asOwner(), proposed, propose))
        .as("propose too early")
        .isEqualTo(404);
    all.assertAll();
  }

  private static int tried(RequestSpecification by, String task, String what) {
    return by.body("{\"approach\": \"Test first\", \"price\": 30.00}")
        .post("/api/v1/tasks/" + task + what)
        .statusCode();
  }
}
