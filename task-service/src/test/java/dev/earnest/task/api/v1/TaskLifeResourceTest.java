package dev.earnest.task.api.v1;

import static dev.earnest.task.Market.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestKafka;
import dev.earnest.testkit.TestRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A direct hire from its creation to its end.
@TaskServiceTest
class TaskLifeResourceTest {
  private static final String TASK_EVENTS = "task.events";

  private Market market;

  @BeforeEach
  void openMarket() {
    market = new Market();
  }

  @Test
  void creationAnswersAsTheFullLifecycleDocumentShows() {
    market
        .asBuyer()
        .body(
            """
            {"title": "Build a REST API for inventory management",
             "description": "Create a Node.js REST API with Express.",
             "category": "CODING", "budget": 50.00, "currency": "USDC", "priority": "HIGH",
             "mode": "direct", "agentId": "%s",
             "requirements": "Must include unit tests with >80%% coverage.",
             "callbackUrl": "https://your-server.com/webhooks/earnest",
             "metadata": {"internalProjectId": "proj_456", "team": "backend"},
             "requiredSkills": ["Node.js", "TypeScript"]}
            """
                .formatted(market.agent))
        .post("/api/v1/tasks")
        .then()
        .statusCode(201)
        .body("success", equalTo(true))
        .body("task.id", notNullValue())
        .body("task.title", equalTo("Build a REST API for inventory management"))
        .body("task.status", equalTo("PENDING"))
        .body("task.budget", equalTo(50.00f))
        .body("task.currency", equalTo("USDC"))
        .body("task.mode", equalTo("direct"))
        .body("task.agentId", equalTo(market.agent))
        .body("task.priority", equalTo("HIGH"))
        .body("task.metadata.internalProjectId", equalTo("proj_456"))
        .body("task.requiredSkills", hasSize(2))
        .body("task.createdAt", matchesPattern(".*T.*\\.\\d{3}Z"))
        .body("task.streamUrl", endsWith("/stream"));
  }

  @Test
  void creationRepeatedWithItsKeyMakesOneTask() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      made.add(
          market
              .asBuyer()
              .header("Idempotency-Key", "order-66")
              .body(market.brief("50.00"))
              .post("/api/v1/tasks")
              .then()
              .statusCode(201)
              .extract()
              .path("task.id"));
    }
    assertThat(made).containsOnly(made.getFirst());
    market.asBuyer().get("/api/v1/tasks").then().body("tasks", hasSize(1));
  }

  @Test
  void aTaskWithMoneyStartsOnlyWhenItsMoneyIsHeld() {
    String task = market.create();
    assertThat(market.status(task)).isEqualTo("PENDING");
    market.held(task);
    market.awaitStatus(task, "EXECUTING");
    market
        .show(task)
        .body("task.funded", equalTo(true))
        .body("task.attempt", equalTo(1))
        .body("task.deadline", notNullValue());
  }

  @Test
  void approvedDeliveryCompletesTheTaskAndTellsEachStep() {
    String task = market.executing();
    market
        .asOwner()
        .body("{\"progress\": 45, \"message\": \"Schema designed\", \"stage\": \"implementation\"}")
        .post("/api/v1/tasks/" + task + "/progress")
        .then()
        .statusCode(200)
        .body("task.progress", equalTo(45));
    market
        .deliver(task)
        .statusCode(200)
        .body("task.status", equalTo("DELIVERED"))
        .body("task.reviewUntil", notNullValue());
    market
        .review(task, "{\"action\": \"approve\", \"rating\": 5, \"review\": \"Excellent\"}")
        .statusCode(200)
        .body("task.status", equalTo("COMPLETED"))
        .body("task.rating", equalTo(5));
    market.show(task).body("task.deliveries[0].artifacts[0].type", equalTo("CODE"));

    TestKafka.await(TASK_EVENTS, task, "earnest.task.completed.v1");
    List<TestRecord> told = TestKafka.records(TASK_EVENTS, task);
    assertThat(told)
        .extracting(TestRecord::type)
        .containsExactly(
            "earnest.task.created.v1",
            "earnest.task.assigned.v1",
            "earnest.task.progressed.v1",
            "earnest.task.delivered.v1",
            "earnest.task.completed.v1");
    told.forEach(event -> Contracts.assertKept(event.type(), event.value()));
    as(market.owner, "agent")
        .get("/api/v1/agents/" + market.agent)
        .then()
        .body("agent.tasksCompleted", equalTo(1))
        .body("agent.active", equalTo(0))
        .body("agent.rating", equalTo(5.0f));
  }

  @Test
  void progressIsRoundedToWholePercents() {
    String task = market.executing();
    market
        .asOwner()
        .body("{\"progress\": 45.5}")
        .post("/api/v1/tasks/" + task + "/progress")
        .then()
        .statusCode(200)
        .body("task.progress", equalTo(46));
  }

  @Test
  void theBuyersPrivateFieldsAreNotForTheAgent() {
    String brief =
        market
            .brief("50.00")
            .replace(
                "{\"title\"",
                "{\"metadata\": {\"a\": 1}, \"callbackUrl\": \"https://b.example/?k=1\", \"title\"");
    String task =
        market
            .asBuyer()
            .body(brief)
            .post("/api/v1/tasks")
            .then()
            .statusCode(201)
            .extract()
            .path("task.id");
    market.show(task).body("task.metadata.a", equalTo(1));
    market
        .asOwner()
        .get("/api/v1/tasks/" + task)
        .then()
        .statusCode(200)
        .body("task.metadata", nullValue())
        .body("task.callbackUrl", nullValue());
  }

  @Test
  void aDeliveryTooLargeToBeJudgedIsRefused() {
    String task = market.executing();
    String artifact =
        "{\"type\": \"CODE\", \"title\": \"a\", \"url\": \"https://a.example\", \"description\": \"%s\"}"
            .formatted("x".repeat(10_000));
    market
        .asOwner()
        .body(
            "{\"resultSummary\": \"x\", \"artifacts\": [%s]}"
                .formatted(String.join(",", Collections.nCopies(6, artifact))))
        .post("/api/v1/agents/" + market.agent + "/tasks/" + task + "/deliver")
        .then()
        .statusCode(413)
        .body("code", equalTo("too_large"));
    assertThat(market.status(task)).isEqualTo("EXECUTING");
    market.deliver(task).statusCode(200);
  }

  @Test
  void revisionIsRequestedTwiceAtMost() {
    String task = market.delivered();
    for (int round = 1; round <= 2; round++) {
      market
          .review(task, "{\"action\": \"request_revision\", \"review\": \"More tests\"}")
          .statusCode(200)
          .body("task.status", equalTo("EXECUTING"))
          .body("task.revisions", equalTo(round));
      market.deliver(task).statusCode(200);
    }
    market
        .review(task, "{\"action\": \"request_revision\"}")
        .statusCode(409)
        .body("code", equalTo("no_revisions_left"))
        .body("state", equalTo("DELIVERED"));
    market.show(task).body("task.deliveries", hasSize(3));
  }

  @Test
  void cancelBeforeDeliveryEndsTheTask() {
    String task = market.executing();
    market
        .asBuyer()
        .post("/api/v1/tasks/" + task + "/cancel")
        .then()
        .statusCode(200)
        .body("task.status", equalTo("CANCELLED"))
        .body("task.reason", equalTo("cancelled_by_buyer"));
    TestKafka.await(TASK_EVENTS, task, "earnest.task.cancelled.v1");
  }

  @Test
  void cancelAfterDeliveryIsADispute() {
    String task = market.delivered();
    market
        .asBuyer()
        .post("/api/v1/tasks/" + task + "/cancel")
        .then()
        .statusCode(409)
        .body("code", equalTo("use_dispute"));
    assertThat(market.status(task)).isEqualTo("DELIVERED");
  }

  @Test
  void refusedMoneyCancelsTheTaskWithTheReason() {
    String task = market.create();
    TestKafka.publish(
        "escrow.events",
        task,
        "earnest.escrow.refused.v1",
        Contracts.example("earnest.escrow.refused.v1"));
    market.awaitStatus(task, "CANCELLED");
    market.show(task).body("task.reason", equalTo("insufficient_funds"));
  }

  @Test
  void moneyThatComesAfterTheCancelChangesNothing() {
    String task = market.create();
    market.asBuyer().post("/api/v1/tasks/" + task + "/cancel").then().statusCode(200);
    market.held(task);
    String later = market.executing();
    assertThat(market.status(later)).isEqualTo("EXECUTING");
    market.show(task).body("task.status", equalTo("CANCELLED")).body("task.funded", equalTo(false));
  }

  @Test
  void aHireWaitsUntilItsAgentHasRoom() {
    Market narrow = new Market(1);
    String first = narrow.executing();
    String second = narrow.create();
    narrow.held(second);
    String other = market.executing();
    assertThat(market.status(other)).isEqualTo("EXECUTING");
    assertThat(narrow.status(second)).isEqualTo("PENDING");
    narrow.deliver(first).statusCode(200);
    narrow.awaitStatus(second, "EXECUTING");
  }

  @Test
  void listsShowTheCallersTasksNewestFirstPageByPage() {
    String first = market.create();
    String second = market.executing();
    String third = market.create();
    String cursor =
        market
            .asBuyer()
            .get("/api/v1/tasks?limit=2")
            .then()
            .statusCode(200)
            .body("tasks.id", equalTo(List.of(third, second)))
            .extract()
            .path("nextCursor");
    market
        .asBuyer()
        .queryParam("cursor", cursor)
        .get("/api/v1/tasks?limit=2")
        .then()
        .body("tasks.id", equalTo(List.of(first)))
        .body("nextCursor", nullValue());
    market
        .asBuyer()
        .get("/api/v1/tasks?status=executing")
        .then()
        .body("tasks.id", equalTo(List.of(second)));
    market
        .asOwner()
        .get("/api/v1/tasks?view=agent&status=EXECUTING")
        .then()
        .body("tasks.id", equalTo(List.of(second)));
    market.asOwner().get("/api/v1/tasks?view=buyer").then().body("tasks", hasSize(0));
  }

  @Test
  void lateAttemptIsFencedOff() {
    String task = market.executing();
    market
        .asOwner()
        .body("{\"progress\": 1, \"attempt\": 7}")
        .post("/api/v1/tasks/" + task + "/progress")
        .then()
        .statusCode(409)
        .body("code", equalTo("stale_attempt"));
  }
}
