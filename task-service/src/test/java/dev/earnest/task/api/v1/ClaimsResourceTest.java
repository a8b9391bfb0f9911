package dev.earnest.task.api.v1;

import static dev.earnest.task.Market.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestClock;
import dev.earnest.testkit.TestKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Agents that take work themselves, alone and many at once.
@TaskServiceTest
class ClaimsResourceTest {
  private Market market;

  @BeforeEach
  void openMarket() {
    market = new Market();
  }

  @Test
  void aClaimIsALeaseThatSignsOfLifeRenew() {
    String task = market.open();
    market
        .claim(task)
        .statusCode(200)
        .body("task.status", equalTo("EXECUTING"))
        .body("task.agentId", equalTo(market.agent))
        .body("task.attempt", equalTo(1))
        .body("task.leaseUntil", notNullValue());
    String first = leaseUntil(task);
    TestClock.advance(Duration.ofMinutes(10));
    market.asOwner().post("/api/v1/tasks/" + task + "/heartbeat").then().statusCode(200);
    assertThat(leaseUntil(task)).isGreaterThan(first);
    TestClock.advance(Duration.ofMinutes(10));
    assertThat(market.status(task)).isEqualTo("EXECUTING");
  }

  private String leaseUntil(String task) {
    return market.show(task).extract().path("task.leaseUntil");
  }

  @Test
  void aSilentAgentLosesItsClaimAndIsFencedOff() {
    String task = market.open();
    market.claim(task).statusCode(200);
    TestClock.advance(Duration.ofMinutes(16));
    market.awaitStatus(task, "PENDING");
    market.show(task).body("task.agentId", nullValue());
    String told = TestKafka.await("task.events", task, "earnest.task.released.v1").value();
    Contracts.assertKept("earnest.task.released.v1", told);
    assertThat(told).contains("\"reason\":\"timeout\"");

    Market other = new Market();
    other.claim(task).statusCode(200).body("task.attempt", equalTo(2));
    market
        .asOwner()
        .body("{\"output\": \"late\"}")
        .put("/api/v1/tasks/" + task + "/complete")
        .then()
        .statusCode(409)
        .body("code", equalTo("stale_attempt"));
    market.asOwner().get("/api/v1/tasks/" + task).then().statusCode(404);
    other
        .asOwner()
        .body("{\"progress\": 5, \"attempt\": 1}")
        .post("/api/v1/tasks/" + task + "/progress")
        .then()
        .statusCode(409)
        .body("code", equalTo("stale_attempt"));
    other
        .asOwner()
        .body("{\"progress\": 5, \"attempt\": 2}")
        .post("/api/v1/tasks/" + task + "/progress")
        .then()
        .statusCode(200);
  }

  @Test
  void afterTheLastAttemptTheTaskFails() {
    String task = market.open("\"maxAttempts\": 2");
    for (int attempt = 1; attempt <= 2; attempt++) {
      market.awaitStatus(task, "PENDING");
      market.claim(task).statusCode(200);
      TestClock.advance(Duration.ofMinutes(16));
    }
    market.awaitStatus(task, "FAILED");
    market.show(task).body("task.reason", equalTo("timeout"));
  }

  @Test
  void aReleasedClaimIsThereForOthers() {
    String task = market.open();
    market.claim(task).statusCode(200);
    market
        .asOwner()
        .post("/api/v1/tasks/" + task + "/release")
        .then()
        .statusCode(200)
        .body("task.status", equalTo("PENDING"));
    new Market().claim(task).statusCode(200);
  }

  @Test
  void whatAnAgentWasHiredForIsNotReleased() {
    String task = market.executing();
    market
        .asOwner()
        .post("/api/v1/tasks/" + task + "/release")
        .then()
        .statusCode(409)
        .body("code", equalTo("not_claimed"))
        .body("state", equalTo("EXECUTING"));
  }

  @Test
  void openWorkThatNobodyClaimsExpires() {
    String task = market.open();
    TestClock.advance(Duration.ofDays(31));
    market.awaitStatus(task, "EXPIRED");
    market.show(task).body("task.reason", equalTo("not_claimed"));
    TestKafka.await("task.events", task, "earnest.task.expired.v1");
  }

  @Test
  void agentsSeeOpenWorkWithoutItsBuyersPrivateFields() {
    String task = market.open("\"metadata\": {\"secret\": 1}");
    Market other = new Market();
    other
        .asOwner()
        .get("/api/v1/tasks/" + task)
        .then()
        .statusCode(200)
        .body("task.metadata", nullValue())
        .body("task.callbackUrl", nullValue());
    List<String> open =
        other.asOwner().get("/api/v1/tasks?view=open&limit=100").then().extract().path("tasks.id");
    assertThat(open).contains(task);
    as("stranger", "buyer").get("/api/v1/tasks/" + task).then().statusCode(404);
    as("stranger", "buyer").get("/api/v1/tasks?view=open").then().statusCode(403);
    market.claim(task).statusCode(200);
    other.asOwner().get("/api/v1/tasks/" + task).then().statusCode(404);
    List<String> left =
        other.asOwner().get("/api/v1/tasks?view=open&limit=100").then().extract().path("tasks.id");
    assertThat(left).doesNotContain(task);
  }

  @Test
  void keptWorkIsForItsAgentOnly() {
    String task = market.open("\"agentId\": \"" + market.agent + "\"");
    Market other = new Market();
    other.claim(task).statusCode(409).body("code", equalTo("not_claimable"));
    market.claimNext("").statusCode(200).body("task.id", equalTo(task));
  }

  @Test
  void whoAsksForAnotherMediaTypeClaimsNothing() {
    String task = market.open("\"agentId\": \"" + market.agent + "\"");
    market
        .asOwner()
        .accept("image/png")
        .post("/api/v1/agents/" + market.agent + "/claims")
        .then()
        .statusCode(406)
        .contentType("application/problem+json");
    assertThat(market.status(task)).isEqualTo("PENDING");
  }

  @Test
  void whoMayNotClaim() {
    String task = market.open();
    market
        .asOwner()
        .body("{\"agentId\": \"" + new Market().agent + "\"}")
        .post("/api/v1/tasks/" + task + "/claim")
        .then()
        .statusCode(403);
    as("nobody", "agent").post("/api/v1/tasks/" + task + "/claim").then().statusCode(400);
    market.asBuyer().post("/api/v1/tasks/" + task + "/claim").then().statusCode(403);

    String hire = market.executing();
    new Market().claim(hire).statusCode(404);

    String skilled = market.open("\"requiredSkills\": [\"COBOL\"]");
    market.claim(skilled).statusCode(409).body("code", equalTo("skills_missing"));

    market.asOwner().post("/api/v1/agents/" + market.agent + "/pause").then().statusCode(200);
    market.claim(task).statusCode(409).body("code", equalTo("agent_unavailable"));
    market.claimNext("").statusCode(409).body("code", equalTo("agent_unavailable"));
    market.show(task).body("task.status", equalTo("PENDING"));
  }

  @Test
  void aFullAgentClaimsNothing() {
    Market narrow = new Market(1);
    narrow.claim(narrow.open()).statusCode(200);
    String second = narrow.open();
    narrow.claim(second).statusCode(409).body("code", equalTo("agent_full"));
    assertThat(narrow.status(second)).isEqualTo("PENDING");
  }

  @Test
  void onesOwnTaskIsNotClaimedForMoney() {
    String task = market.open();
    as(market.buyer, "buyer", "agent")
        .body(
            """
            {"name": "Own", "description": "x", "categories": ["CODING"], "basePrice": 0}
            """)
        .post("/api/v1/agents")
        .then()
        .statusCode(201);
    as(market.buyer, "buyer", "agent")
        .post("/api/v1/tasks/" + task + "/claim")
        .then()
        .statusCode(409)
        .body("code", equalTo("own_agent"));
  }

  @Test
  void ofTwoHundredClaimsOneWins() throws Exception {
    String task = market.open();
    List<Market> claimants = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      claimants.add(new Market());
    }
    List<Callable<Integer>> claims = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Market claimant = claimants.get(i % claimants.size());
      claims.add(() -> claimant.claim(task).extract().statusCode());
    }
    List<Integer> answers = atOnce(claims);
    assertThat(answers).filteredOn(status -> status == 200).hasSize(1);
    assertThat(answers).filteredOn(status -> status == 409).hasSize(199);
    assertThat(TestKafka.records("task.events", task))
        .filteredOn(told -> told.type().equals("earnest.task.assigned.v1"))
        .hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void fiftyAgentsClaimFiveHundredTasksEachOnce() throws Exception {
    String skill = "only-here-" + System.nanoTime();
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      made.add(market.openFree(skill));
    }
    List<Callable<List<String>>> agents = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Market one = new Market(1000, skill);
      agents.add(() -> claimAll(one));
    }
    List<String> taken = atOnce(agents).stream().flatMap(List::stream).toList();
    assertThat(taken).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(made);
  }

  private static List<String> claimAll(Market one) {
    List<String> mine = new ArrayList<>();
    while (true) {
      var answer = one.claimNext("").extract();
      if (answer.statusCode() == 204) {
        return mine;
      }
      assertThat(answer.statusCode()).isEqualTo(200);
      mine.add(answer.path("task.id"));
    }
  }

  @Test
  void theMostUrgentComesFirstThenTheOldest() {
    String skill = "ordered-" + System.nanoTime();
    String low = market.openFree(skill, "\"priority\": \"LOW\"");
    String normal = market.openFree(skill);
    String urgent = market.openFree(skill, "\"priority\": \"URGENT\"");
    String urgentToo = market.openFree(skill, "\"priority\": \"URGENT\"");
    Market one = new Market(10, skill);
    List<String> taken = claimAll(one);
    assertThat(taken).containsExactly(urgent, urgentToo, normal, low);
  }

  @Test
  void waitingForWorkEndsWhenSomeComes() throws Exception {
    String skill = "awaited-" + System.nanoTime();
    Market one = new Market(10, skill);
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> claimed =
          pool.submit(() -> one.claimNext("?wait=30").statusCode(200).extract().path("task.id"));
      String task = market.openFree(skill);
      assertThat(claimed.get()).isEqualTo(task);
    }
  }

  @Test
  void waitingEndsWithoutWorkToo() {
    Market one = new Market(10, "never-asked-for-" + System.nanoTime());
    one.claimNext("?wait=1").statusCode(204);
    for (String wait : List.of("-1", "61", "x", "1.5")) {
      one.claimNext("?wait=" + wait).statusCode(400);
    }
  }

  static <T> List<T> atOnce(List<Callable<T>> calls)
      throws InterruptedException, ExecutionException {
    try (ExecutorService pool = Executors.newFixedThreadPool(50)) {
      List<T> answers = new ArrayList<>();
      for (Future<T> one : pool.invokeAll(calls)) {
        answers.add(one.get());
      }
      return answers;
    }
  }
}
