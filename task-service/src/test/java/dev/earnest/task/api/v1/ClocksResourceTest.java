package dev.earnest.task.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestClock;
import dev.earnest.testkit.TestKafka;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What happens when nobody does anything, with the clock moved forward; and what disputes do.
@TaskServiceTest
class ClocksResourceTest {
  private Market market;

  @BeforeEach
  void openMarket() {
    market = new Market();
  }

  @Test
  void silenceApprovesADelivery() {
    String task = market.delivered();
    TestClock.advance(Duration.ofHours(47));
    assertThat(market.status(task)).isEqualTo("DELIVERED");
    TestClock.advance(Duration.ofHours(2));
    market.awaitStatus(task, "COMPLETED");
    String told = TestKafka.await("task.events", task, "earnest.task.completed.v1").value();
    assertThat(told).contains("\"automatic\":true").contains("\"rating\":null");
  }

  @Test
  void silenceOfAHiredAgentFailsTheTask() {
    String task = market.executing();
    TestClock.advance(Duration.ofDays(8));
    market.awaitStatus(task, "FAILED");
    market.show(task).body("task.reason", equalTo("timeout"));
    TestKafka.await("task.events", task, "earnest.task.failed.v1");
  }

  @Test
  void silenceAfterARevisionRequestBringsTheDeliveryBack() {
    String task = market.delivered();
    market.review(task, "{\"action\": \"request_revision\"}").statusCode(200);
    TestClock.advance(Duration.ofDays(8));
    market.awaitStatus(task, "DELIVERED");
    TestKafka.await("task.events", task, "earnest.task.review_resumed.v1");
  }

  @Test
  void aHireThatNeverGetsRoomExpires() {
    Market narrow = new Market(1);
    narrow.executing();
    String waiting = narrow.create();
    narrow.funded(waiting);
    TestClock.advance(Duration.ofDays(8));
    narrow.awaitStatus(waiting, "EXPIRED");
    narrow.show(waiting).body("task.reason", equalTo("agent_busy"));
  }

  @Test
  void aDisputeStopsEveryClock() {
    String task = market.delivered();
    String dispute = opened(task);
    market.awaitStatus(task, "DISPUTED");
    market
        .show(task)
        .body("task.disputeId", equalTo(dispute))
        .body("task.reviewUntil", nullValue());
    String told = TestKafka.await("task.events", task, "earnest.task.disputed.v1").value();
    Contracts.assertKept("earnest.task.disputed.v1", told);
    assertThat(told).contains("Done, 92 % coverage.");
  }

  @Test
  void aRulingEndsTheTask() {
    String task = market.delivered();
    String dispute = opened(task);
    market.awaitStatus(task, "DISPUTED");
    TestKafka.publish(
        "dispute.events",
        task,
        "earnest.dispute.resolved.v1",
        """
        {"disputeId": "%s", "taskId": "%s", "resolution": "SPLIT", "refundPercentage": 50}
        """
            .formatted(dispute, task));
    market.awaitStatus(task, "COMPLETED");
    String told = TestKafka.await("task.events", task, "earnest.task.completed.v1").value();
    Contracts.assertKept("earnest.task.completed.v1", told);
    assertThat(told).contains("\"resolution\":\"SPLIT\"");
  }

  @Test
  void aDisputeOnATaskThatIsOverIsRefused() {
    String task = market.delivered();
    market.review(task, "{\"action\": \"approve\"}").statusCode(200);
    opened(task);
    String told = TestKafka.await("task.events", task, "earnest.task.dispute_refused.v1").value();
    Contracts.assertKept("earnest.task.dispute_refused.v1", told);
    assertThat(market.status(task)).isEqualTo("COMPLETED");
  }

  @Test
  void aDisputeOfSomebodyElseIsRefused() {
    String task = market.delivered();
    opened(task, "former-agent");
    TestKafka.await("task.events", task, "earnest.task.dispute_refused.v1");
    assertThat(market.status(task)).isEqualTo("DELIVERED");
  }

  private String opened(String task) {
    return opened(task, market.buyer);
  }

  private static String opened(String task, String openedBy) {
    String dispute = UUID.randomUUID().toString();
    TestKafka.publish(
        "dispute.events",
        task,
        "earnest.dispute.opened.v1",
        """
        {"disputeId": "%s", "taskId": "%s", "openedBy": "%s", "openedByRole": "BUYER",
         "category": "QUALITY", "reason": "Half of it is missing."}
        """
            .formatted(dispute, task, openedBy));
    return dispute;
  }
}
