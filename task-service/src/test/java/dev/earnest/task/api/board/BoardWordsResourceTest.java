package dev.earnest.task.api.board;

import static dev.earnest.task.api.board.Crew.at;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import dev.earnest.testkit.TestClock;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every state that a task from another door can be in, in the words of a board.
@TaskServiceTest
class BoardWordsResourceTest {
  static Stream<Arguments> states() {
    return Stream.of(
        state("PENDING", "todo", market -> market.create()),
        state("EXECUTING", "in_progress", Market::executing),
        state(
            "AWAITING_INPUT",
            "in_progress",
            market -> {
              String task = market.executing();
              market.ask(task, "Which?");
              return task;
            }),
        state("ON_HOLD", "in_progress", market -> after(market, market.executing(), "hold")),
        state("DELIVERED", "in_progress", Market::delivered),
        state(
            "DISPUTED",
            "in_progress",
            market -> {
              String task = market.delivered();
              market.disputed(task);
              return task;
            }),
        state(
            "COMPLETED",
            "done",
            market -> {
              String task = market.delivered();
              market.review(task, "{\"action\": \"approve\"}").statusCode(200);
              return task;
            }),
        state("CANCELLED", "cancelled", market -> after(market, market.create(), "cancel")),
        state(
            "FAILED",
            "cancelled",
            market -> {
              String task = market.executing();
              market
                  .asOwner()
                  .body("{\"errorReason\": \"no\"}")
                  .put("/api/v1/tasks/" + task + "/fail")
                  .then()
                  .statusCode(200);
              return task;
            }),
        state(
            "EXPIRED",
            "cancelled",
            market -> {
              String task = market.made("\"mode\": \"proposals\"", "\"proposalWindowSeconds\": 15");
              TestClock.advance(Duration.ofSeconds(16));
              return task;
            }));
  }

  private static Arguments state(String here, String word, Function<Market, String> made) {
    return Arguments.of(here, word, made);
  }

  private static String after(Market market, String task, String command) {
    market.asBuyer().post("/api/v1/tasks/" + task + "/" + command).then().statusCode(200);
    return task;
  }

  @ParameterizedTest(name = "{0} is {1}")
  @MethodSource("states")
  void wordOfAState(String here, String word, Function<Market, String> made) {
    Market market = new Market();
    String task = made.apply(market);
    market.awaitStatus(task, here);
    market
        .asBuyer()
        .get(at(task))
        .then()
        .statusCode(200)
        .body("id", equalTo(task))
        .body("status", equalTo(word))
        .body("teamId", nullValue())
        .body("projectId", nullValue());
  }

  @Test
  void matchingIsTodo() {
    Market market = new Market();
    String task =
        market
            .asBuyer()
            .body("{\"capability\": \"unheard-of-" + market.buyer + "\"}")
            .post("/api/v1/tasks")
            .then()
            .statusCode(201)
            .extract()
            .path("task.id");
    market.awaitStatus(task, "MATCHING");
    market.asBuyer().get(at(task)).then().statusCode(200).body("status", equalTo("todo"));
  }
}
