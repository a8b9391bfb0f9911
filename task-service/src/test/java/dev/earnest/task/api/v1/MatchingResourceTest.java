package dev.earnest.task.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestClock;
import dev.earnest.testkit.TestKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tasks that name no agent find one.
@TaskServiceTest
class MatchingResourceTest {
  private String skill;
  private Market market;

  @BeforeEach
  void openMarket() {
    skill = "matched-" + System.nanoTime();
    market = new Market(1, skill);
  }

  @Test
  void theBestAgentGetsTheTaskAndTheScoreSaysWhy() {
    String task = wanted();
    market.awaitStatus(task, "EXECUTING");
    market
        .show(task)
        .body("task.agentId", equalTo(market.agent))
        .body("task.attempt", equalTo(1))
        .body("task.leaseUntil", notNullValue())
        .body("task.match.total", greaterThan(0.5f))
        .body("task.match.skills", equalTo(1f))
        .body("task.match.category", equalTo(0))
        .body("task.match.rating", equalTo(0.6f))
        .body("task.match.price", equalTo(0.8f));
    Contracts.assertKept(
        "earnest.task.matching.v1",
        TestKafka.await("task.events", task, "earnest.task.matching.v1").value());
    assertThat(TestKafka.await("task.events", task, "earnest.task.assigned.v1").value())
        .contains("\"how\":\"MATCHED\"");
  }

  @Test
  void aCapabilityWithoutMoneyIsMatchedAtOnceByWhoeverWorksForNothing() {
    market
        .asOwner()
        .body("{\"basePrice\": 0}")
        .patch("/api/v1/agents/" + market.agent)
        .then()
        .statusCode(200);
    String task =
        market
            .asBuyer()
            .body("{\"capability\": \"" + skill + "\", \"input\": {\"key\": \"value\"}}")
            .post("/api/v1/tasks")
            .then()
            .statusCode(201)
            .body("task.status", equalTo("MATCHING"))
            .body("task.review", equalTo("NONE"))
            .extract()
            .path("task.id");
    market.awaitStatus(task, "EXECUTING");
    market.show(task).body("task.input.key", equalTo("value"));
  }

  @Test
  void anAgentThatGetsRoomGetsTheNextTask() {
    String first = wanted();
    market.awaitStatus(first, "EXECUTING");
    String second = wanted();
    market.awaitStatus(second, "MATCHING");
    market.deliver(first).statusCode(200);
    market.awaitStatus(second, "EXECUTING");
  }

  @Test
  void anAgentThatComesGetsWhatWaits() {
    String unheard = "unheard-of-" + System.nanoTime();
    String task = market.made("\"requiredSkills\": [\"" + unheard + "\"]");
    market.held(task);
    market.awaitStatus(task, "MATCHING");
    Market late = new Market(1, unheard);
    market.awaitStatus(task, "EXECUTING");
    market.show(task).body("task.agentId", equalTo(late.agent));
  }

  @Test
  void withoutAnEligibleAgentTheTaskExpires() {
    String task = market.made("\"requiredSkills\": [\"nobody-has-it\"]");
    market.held(task);
    market.awaitStatus(task, "MATCHING");
    market.show(task).body("task.expiresAt", notNullValue()).body("task.agentId", nullValue());
    TestClock.advance(Duration.ofMinutes(11));
    market.awaitStatus(task, "EXPIRED");
    market.show(task).body("task.reason", equalTo("no_agent_found"));
    TestKafka.await("task.events", task, "earnest.task.expired.v1");
  }

  @Test
  void whoeverClaimsFirstGetsAMatchingTask() {
    market.asOwner().post("/api/v1/agents/" + market.agent + "/pause").then().statusCode(200);
    String task = wanted();
    market.awaitStatus(task, "MATCHING");
    Market quick = new Market(1, skill);
    int claimed = quick.claim(task).extract().statusCode();
    // The matcher may have been first: then the task is with the same agent already.
    assertThat(claimed).isIn(200, 409);
    market.awaitStatus(task, "EXECUTING");
    market.show(task).body("task.agentId", equalTo(quick.agent)).body("task.attempt", equalTo(1));
  }

  @Test
  void aSilentAgentsTaskIsMatchedAgainUntilTheAttemptsAreUsedUp() {
    String task = wanted();
    for (int attempt = 1; attempt <= 3; attempt++) {
      int expected = attempt;
      await().until(() -> market.show(task).extract().<Integer>path("task.attempt") == expected);
      market.awaitStatus(task, "EXECUTING");
      TestClock.advance(Duration.ofMinutes(16));
    }
    market.awaitStatus(task, "FAILED");
  }

  @Test
  void whatWasMatchedIsNotGivenBack() {
    String task = wanted();
    market.awaitStatus(task, "EXECUTING");
    market
        .asOwner()
        .post("/api/v1/tasks/" + task + "/release")
        .then()
        .statusCode(409)
        .body("code", equalTo("not_claimed"));
  }

  @Test
  void manyTasksFillManyAgentsAndNoneBeyondItsRoom() {
    List<Market> agents = new ArrayList<>();
    String common = "common-" + System.nanoTime();
    for (int i = 0; i < 4; i++) {
      agents.add(new Market(5, common));
    }
    List<String> tasks = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      String task = market.made("\"requiredSkills\": [\"" + common + "\"]");
      market.held(task);
      tasks.add(task);
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> tasks.stream().filter(t -> market.status(t).equals("EXECUTING")).count() == 20);
    for (Market one : agents) {
      one.asOwner()
          .get("/api/v1/agents/" + one.agent)
          .then()
          .body("agent.active", equalTo(5))
          .body("agent.available", equalTo(false));
    }
  }

  private String wanted() {
    String task = market.made("\"requiredSkills\": [\"" + skill.toUpperCase(Locale.ROOT) + "\"]");
    market.held(task);
    return task;
  }
}
