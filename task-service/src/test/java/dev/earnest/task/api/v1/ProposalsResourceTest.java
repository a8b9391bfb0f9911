package dev.earnest.task.api.v1;

import static dev.earnest.task.Market.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestClock;
import dev.earnest.testkit.TestKafka;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Agents propose, the buyer accepts one.
@TaskServiceTest
class ProposalsResourceTest {
  private Market market;

  @BeforeEach
  void openMarket() {
    market = new Market();
  }

  @Test
  void creationSaysWhereAndUntilWhenProposalsAreTaken() {
    String task = market.made("\"mode\": \"proposals\"", "\"proposalWindowSeconds\": 300");
    market
        .show(task)
        .body("task.proposalsUrl", endsWith("/" + task + "/proposals"))
        .body("task.proposalDeadline", notNullValue())
        .body("task.mode", equalTo("proposals"));
  }

  @Test
  void theAcceptedAgentIsHiredAtItsPriceAndTheOthersAreTold() {
    String task = taking();
    Market other = new Market();
    String chosen = proposed(market, task, "40.00");
    String left = proposed(other, task, "45.00");
    market
        .asBuyer()
        .get("/api/v1/tasks/" + task + "/proposals")
        .then()
        .statusCode(200)
        .body("proposals", hasSize(2))
        .body("proposals[0].id", equalTo(chosen))
        .body("proposals[0].price", equalTo(40.00f))
        .body("proposals[0].status", equalTo("OPEN"));
    other
        .asOwner()
        .get("/api/v1/tasks/" + task + "/proposals")
        .then()
        .body("proposals", hasSize(1))
        .body("proposals[0].id", equalTo(left));
    accept(task, chosen)
        .statusCode(200)
        .body("task.status", equalTo("EXECUTING"))
        .body("task.agentId", equalTo(market.agent))
        .body("task.price", equalTo(40.00f))
        .body("task.budget", equalTo(50.00f));
    String assigned = TestKafka.await("task.events", task, "earnest.task.assigned.v1").value();
    Contracts.assertKept("earnest.task.assigned.v1", assigned);
    assertThat(assigned).contains("\"how\":\"PROPOSAL\"").contains("\"price\":40.00");
    String declined =
        TestKafka.await("task.events", task, "earnest.task.proposal_declined.v1").value();
    Contracts.assertKept("earnest.task.proposal_declined.v1", declined);
    assertThat(declined).contains(left).contains("another_accepted");
    accept(task, left).statusCode(409).body("code", equalTo("proposals_closed"));
  }

  @Test
  void withoutAnAcceptedProposalTheTaskExpires() {
    String task = taking();
    String proposal = proposed(market, task, "40.00");
    TestClock.advance(Duration.ofSeconds(61));
    market.awaitStatus(task, "EXPIRED");
    market.show(task).body("task.reason", equalTo("no_proposal_accepted"));
    TestKafka.await("task.events", task, "earnest.task.expired.v1");
    String declined =
        TestKafka.await("task.events", task, "earnest.task.proposal_declined.v1").value();
    assertThat(declined).contains(proposal).contains("task_ended");
    propose(new Market(), task, "30.00").statusCode(409).body("code", equalTo("proposals_closed"));
    accept(task, proposal).statusCode(409);
  }

  @Test
  void anAgentHasOneOpenProposalAndMayTakeItBack() {
    String task = taking();
    String first = proposed(market, task, "40.00");
    propose(market, task, "39.00").statusCode(409).body("code", equalTo("already_proposed"));
    new Market()
        .asOwner()
        .delete("/api/v1/tasks/" + task + "/proposals/" + first)
        .then()
        .statusCode(404);
    market
        .asOwner()
        .delete("/api/v1/tasks/" + task + "/proposals/" + first)
        .then()
        .statusCode(200)
        .body("proposal.status", equalTo("WITHDRAWN"));
    TestKafka.await("task.events", task, "earnest.task.proposal_withdrawn.v1");
    accept(task, first).statusCode(409).body("code", equalTo("proposal_decided"));
    proposed(market, task, "38.00");
  }

  @Test
  void anAgentThatIsNotFreeByThenIsNotHired() {
    Market narrow = new Market(1);
    String task = taking();
    String proposal = proposed(narrow, task, "40.00");
    narrow.claim(narrow.open()).statusCode(200);
    accept(task, proposal).statusCode(409).body("code", equalTo("agent_full"));
    String second = proposed(market, task, "41.00");
    market.asOwner().post("/api/v1/agents/" + market.agent + "/pause").then().statusCode(200);
    accept(task, second).statusCode(409).body("code", equalTo("agent_unavailable"));
    market.show(task).body("task.status", equalTo("PENDING"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "'{\"approach\": \"x\", \"price\": 50.000001}', price",
    "'{\"approach\": \"x\", \"price\": 0}', price",
    "'{\"approach\": \"x\", \"price\": -1}', price",
    "'{\"approach\": \"x\"}', price",
    "'{\"approach\": \" \", \"price\": 1}', approach",
    "'{\"price\": 1}', approach",
    "'{\"approach\": \"x\", \"price\": 1, \"estimatedHours\": 0}', estimatedHours",
    "'{\"approach\": \"x\", \"price\": 1, \"agentId\": \"nobody\"}', agentId"
  })
  void proposalThatMakesNoSense(String body, String field) {
    String task = taking();
    market
        .asOwner()
        .body(body)
        .post("/api/v1/tasks/" + task + "/proposals")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo(field));
    market
        .asBuyer()
        .get("/api/v1/tasks/" + task + "/proposals")
        .then()
        .body("proposals", hasSize(0));
  }

  @Test
  void thePriceStaysWithinWhatTheBuyerSaid() {
    String task = taking("\"budgetMin\": 10", "\"budgetMax\": 30");
    propose(market, task, "30.01").statusCode(400).body("errors[0].field", equalTo("price"));
    proposed(market, task, "30.00");
  }

  @Test
  void whoMayNotPropose() {
    String task = taking();
    as("stranger", "buyer")
        .body("{\"approach\": \"x\", \"price\": 1}")
        .post("/api/v1/tasks/" + task + "/proposals")
        .then()
        .statusCode(404);
    market
        .asBuyer()
        .body("{\"approach\": \"x\", \"price\": 1}")
        .post("/api/v1/tasks/" + task + "/proposals")
        .then()
        .statusCode(403);
    market
        .asOwner()
        .body("{\"approach\": \"x\", \"price\": 1, \"agentId\": \"" + new Market().agent + "\"}")
        .post("/api/v1/tasks/" + task + "/proposals")
        .then()
        .statusCode(403);
    propose(market, market.executing(), "1").statusCode(409);
    propose(new Market(), market.executing(), "1").statusCode(404);
    String unfunded = market.made("\"mode\": \"proposals\"");
    propose(market, unfunded, "1").statusCode(404);
    String skilled = taking("\"requiredSkills\": [\"COBOL\"]");
    propose(market, skilled, "1").statusCode(409).body("code", equalTo("skills_missing"));
    market
        .asOwner()
        .post("/api/v1/tasks/" + task + "/proposals/" + proposed(market, task, "1") + "/accept")
        .then()
        .statusCode(403);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "'\"proposalWindowSeconds\": 14', proposalWindowSeconds",
    "'\"proposalWindowSeconds\": 301', proposalWindowSeconds",
    "'\"proposalDeadline\": \"2020-01-01T00:00:00Z\"', proposalDeadline",
    "'\"proposalDeadline\": \"2090-01-01T00:00:00Z\"', proposalDeadline",
    "'\"proposalDeadline\": \"soon\"', proposalDeadline",
    "'\"budgetMax\": 50.01', budgetMax",
    "'\"budgetMin\": 40, \"budgetMax\": 30', budgetMin",
    "'\"agentId\": \"0199f1c0-1100-7a5b-8c22-1e2d3c4b5a69\"', agentId"
  })
  void termsThatMakeNoSense(String member, String field) {
    market
        .asBuyer()
        .body(
            """
            {"title": "Open work", "description": "For whoever comes.", "category": "CODING",
             "budget": 50.00, "mode": "proposals", %s}
            """
                .formatted(member))
        .post("/api/v1/tasks")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo(field));
  }

  @Test
  void aDeadlineOfTheBuyersOwnMayBeDaysAway() {
    Instant deadline =
        Instant.now()
            .plus(TestClock.offset())
            .plus(29, ChronoUnit.DAYS)
            .truncatedTo(ChronoUnit.SECONDS);
    String task = taking("\"proposalDeadline\": \"" + deadline + "\"");
    TestClock.advance(Duration.ofDays(28));
    proposed(market, task, "40.00");
    TestClock.advance(Duration.ofDays(2));
    market.awaitStatus(task, "EXPIRED");
  }

  @Test
  void ofTwentyAcceptedAtOnceOneIsHired() throws Exception {
    String task = taking();
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String proposal = proposed(new Market(), task, "40.00");
      calls.add(() -> accept(task, proposal).extract().statusCode());
    }
    assertThat(ClaimsResourceTest.atOnce(calls)).filteredOn(status -> status == 200).hasSize(1);
    List<String> states =
        market
            .asBuyer()
            .get("/api/v1/tasks/" + task + "/proposals")
            .then()
            .extract()
            .path("proposals.status");
    assertThat(states).filteredOn("ACCEPTED"::equals).hasSize(1);
    assertThat(states).filteredOn("DECLINED"::equals).hasSize(19);
  }

  private String taking(String... members) {
    List<String> all = new ArrayList<>(List.of("\"mode\": \"proposals\""));
    all.addAll(List.of(members));
    String task = market.made(all.toArray(String[]::new));
    market.held(task);
    await().until(() -> market.show(task).extract().path("task.funded"));
    return task;
  }

  private static ValidatableResponse propose(Market by, String task, String price) {
    return by.asOwner()
        .body(
            """
            {"agentId": "%s", "approach": "Step by step.", "price": %s, "estimatedHours": 12.5}
            """
                .formatted(by.agent, price))
        .post("/api/v1/tasks/" + task + "/proposals")
        .then();
  }

  private static String proposed(Market by, String task, String price) {
    return propose(by, task, price).statusCode(201).extract().path("proposal.id");
  }

  private ValidatableResponse accept(String task, String proposal) {
    return market
        .asBuyer()
        .post("/api/v1/tasks/" + task + "/proposals/" + proposal + "/accept")
        .then();
  }
}
