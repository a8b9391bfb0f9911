package dev.earnest.task.api.queue;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.Role;
import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import dev.earnest.task.domain.Brief;
import dev.earnest.task.domain.Priority;
import dev.earnest.task.domain.Task;
import dev.earnest.task.domain.TaskDesk;
import dev.earnest.task.domain.TaskEdit;
import dev.earnest.testkit.TestClock;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// An agent takes what waits for it one by one, by itself, the highest priority first.
@TaskServiceTest
class QueueOrderTest {
  @Inject TaskDesk desk;

  @Test
  void theHighestPriorityStartsFirstTheOldestOfThose() {
    Door door = new Door(new Market(1));
    String running = door.queued();
    String low = door.queued("\"priority\": 4");
    String first = door.queued("\"priority\": 6");
    String second = door.queued("\"priority\": 6");
    String urgent = door.queued("\"priority\": 10");
    for (String next : List.of(urgent, first, second, low)) {
      door.complete(running);
      awaitRunning(door, next);
      running = next;
    }
  }

  @Test
  void hiresOfOtherDoorsWaitInTheSameQueue() {
    Market market = new Market(1);
    Door door = new Door(market);
    String running = door.queued();
    String high = market.create("\"priority\": \"HIGH\"");
    market.held(high);
    await().atMost(20, SECONDS).until(() -> market.show(high).extract().path("task.funded"));
    String seven = door.queued("\"priority\": 7");
    String nine = door.queued("\"priority\": 9");
    door.show(high).statusCode(200).body("priority", equalTo(8));
    for (String next : List.of(nine, high, seven)) {
      if (running.equals(high)) {
        market.asBuyer().post("/api/v1/tasks/" + high + "/cancel").then().statusCode(200);
      } else {
        door.complete(running);
      }
      awaitRunning(door, next);
      running = next;
    }
  }

  @Test
  void whoComesWhileOthersAreAboutToStartWaits() {
    Door door = new Door(new Market(1));
    String running = door.queued();
    for (int round = 0; round < 5; round++) {
      String waiting = door.queued("\"priority\": 8");
      door.complete(running);
      String late = door.queued("\"priority\": 2");
      awaitRunning(door, waiting);
      assertThat(door.status(late)).isEqualTo("queued");
      door.cancel(late).statusCode(200);
      running = waiting;
    }
  }

  @Test
  void moreRoomLetsMoreStart() {
    Market market = new Market(1);
    Door door = new Door(market);
    door.queued();
    String second = door.queued();
    String third = door.queued();
    market
        .asOwner()
        .body("{\"maxConcurrent\": 2}")
        .patch("/api/v1/agents/" + market.agent)
        .then()
        .statusCode(200);
    awaitRunning(door, second);
    assertThat(door.status(third)).isEqualTo("queued");
  }

  @Test
  void whatWaitsForAPausedAgentStartsWhenItIsResumed() {
    Door door = new Door(new Market(1));
    String running = door.queued();
    String waiting = door.queued();
    door.agentDoes("pause");
    door.complete(running);
    door.submit("{\"message\": \"Hi\"}").statusCode(503);
    assertThat(door.status(waiting)).isEqualTo("queued");
    door.agentDoes("resume");
    awaitRunning(door, waiting);
  }

  @Test
  void aCancelledTaskMakesRoomAndLeavesTheQueue() {
    Door door = new Door(new Market(1));
    String running = door.queued();
    String next = door.queued();
    String last = door.queued();
    door.cancel(next).statusCode(200);
    door.cancel(running).statusCode(200);
    awaitRunning(door, last);
    assertThat(door.status(next)).isEqualTo("cancelled");
  }

  @Test
  void whatDoesNotStartInItsTimeFails() {
    Door door = new Door(new Market(1));
    door.queued();
    String waiting = door.queued("\"timeout_override\": 60");
    TestClock.advance(Duration.ofSeconds(61));
    await().atMost(20, SECONDS).until(() -> door.status(waiting).equals("failed"));
    door.show(waiting).body("error", equalTo("agent_busy"));
    door.cancel(waiting).statusCode(400);
  }

  @Test
  void anotherPriorityGivesItAnotherPlace() {
    Market market = new Market(1);
    Door door = new Door(market);
    String running = door.queued();
    String changed = door.queued("\"priority\": 4");
    String other = door.queued("\"priority\": 6");
    Caller buyer = new Caller(market.buyer, Set.of(Role.BUYER), null);
    desk.edit(UUID.fromString(changed), buyer, QueueOrderTest::urgent);
    door.show(changed).body("priority", equalTo(10));
    door.complete(running);
    awaitRunning(door, changed);
    assertThat(door.status(other)).isEqualTo("queued");
  }

  private static TaskEdit urgent(Task task) {
    Brief brief = task.brief();
    return new TaskEdit(
        new Brief(
            brief.title(),
            brief.description(),
            brief.category(),
            brief.capability(),
            brief.requirements(),
            brief.requiredSkills(),
            brief.metadata(),
            Priority.URGENT),
        task.sharing().projectId(),
        task.labels().type(),
        task.agentId(),
        task.sharing().followers(),
        null);
  }

  @Test
  void theTaskIsFollowedToAnotherAgent() {
    Market market = new Market(1);
    Door door = new Door(market);
    String task = door.queued();
    String other = new Market(1).agent;
    market
        .asBuyer()
        .body("{\"new_agent_id\": \"" + other + "\"}")
        .post("/api/v1/tasks/" + task + "/reassign")
        .then()
        .statusCode(200);
    door.show(task)
        .statusCode(200)
        .body("status", equalTo("running"))
        .body("agent_id", equalTo(other));
    door.cancel(task).statusCode(200);
  }

  private static void awaitRunning(Door door, String task) {
    await().atMost(20, SECONDS).until(() -> door.status(task).equals("running"));
  }
}
