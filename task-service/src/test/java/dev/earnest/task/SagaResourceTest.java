package dev.earnest.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestKafka;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What other services' events do to a task, beyond money and rulings.
@TaskServiceTest
class SagaResourceTest {
  @Inject ObjectMapper json;

  private Market market;

  @BeforeEach
  void openMarket() {
    market = new Market();
  }

  @Test
  void anAgreedRedeliveryPutsTheAgentToWorkAgain() {
    String task = market.delivered();
    String dispute = market.disputed(task);
    TestKafka.publish(
        "dispute.events",
        task,
        "earnest.dispute.redelivery_agreed.v1",
        """
        {"disputeId": "%s", "taskId": "%s"}
        """
            .formatted(dispute, task));
    market.awaitStatus(task, "EXECUTING");
    String told =
        TestKafka.await("task.events", task, "earnest.task.redelivery_started.v1").value();
    Contracts.assertKept("earnest.task.redelivery_started.v1", told);
    market.deliver(task).statusCode(200);
  }

  @Test
  void aRulingMovesTheAgentsReputationOnce() {
    String task = market.delivered();
    String dispute = market.disputed(task);
    String body =
        """
        {"disputeId": "%s", "taskId": "%s", "agent": "%s", "agentAccount": "%s", "adjustment": -0.15}
        """
            .formatted(dispute, task, market.agent, market.owner);
    var headers =
        TestKafka.headers(
            UUID.randomUUID().toString(), "earnest.dispute.reputation_adjusted.v1", task);
    for (int i = 0; i < 3; i++) {
      TestKafka.publish("dispute.events", task, headers, body);
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> reputation().equals("2.85"));
    TestKafka.publish(
        "dispute.events",
        task,
        "earnest.dispute.reputation_adjusted.v1",
        body.replace("-0.15", "0.1"));
    await().atMost(Duration.ofSeconds(20)).until(() -> reputation().equals("2.95"));
  }

  private String reputation() {
    return market
        .asBuyer()
        .get("/api/v1/agents/" + market.agent)
        .then()
        .statusCode(200)
        .extract()
        .path("agent.reputation")
        .toString();
  }

  @Test
  void whoeverAsksIsToldWhereATaskStands() {
    String task = market.executing();
    ask(task);
    String told = TestKafka.await("task.events", task, "earnest.task.state_reported.v1").value();
    Contracts.assertKept("earnest.task.state_reported.v1", told);
    assertThat(told).contains("\"status\":\"EXECUTING\"").contains("\"ruling\":null");
  }

  @Test
  void aRuledTaskTellsItsRulingAgain() {
    String task = market.delivered();
    String dispute = market.disputed(task);
    TestKafka.publish(
        "dispute.events",
        task,
        "earnest.dispute.resolved.v1",
        """
        {"disputeId": "%s", "taskId": "%s", "resolution": "SPLIT", "refundPercentage": 33.333333}
        """
            .formatted(dispute, task));
    market.awaitStatus(task, "COMPLETED");
    ask(task);
    String told = TestKafka.await("task.events", task, "earnest.task.state_reported.v1").value();
    Contracts.assertKept("earnest.task.state_reported.v1", told);
    assertThat(told)
        .contains("\"refundPercentage\":33.333333")
        .contains("\"payee\":\"" + market.owner + "\"");
  }

  private static void ask(String task) {
    TestKafka.publish(
        "escrow.events",
        task,
        "earnest.escrow.state_asked.v1",
        """
        {"taskId": "%s", "heldSince": "2026-03-11T10:30:00.000Z", "amount": 50.00, "currency": "USDC"}
        """
            .formatted(task));
  }

  @Test
  void theBuyersMessageAnswersTheAgentsQuestion() {
    String task = market.executing();
    market.ask(task, "Which database?");
    String message = UUID.randomUUID().toString();
    post(task, message, market.buyer, "BUYER", "PostgreSQL");
    market.awaitStatus(task, "EXECUTING");
    String told = TestKafka.await("task.events", task, "earnest.task.input_given.v1").value();
    Contracts.assertKept("earnest.task.input_given.v1", told);
    assertThat(told).contains(message).contains("PostgreSQL");
  }

  @Test
  void othersMessagesAnswerNothing() {
    String task = market.executing();
    market.ask(task, "Which database?");
    post(task, UUID.randomUUID().toString(), market.owner, "AGENT", "Hello?");
    post(task, UUID.randomUUID().toString(), "stranger", "BUYER", "Any");
    post(task, UUID.randomUUID().toString(), market.buyer, "BUYER", "PostgreSQL");
    market.awaitStatus(task, "EXECUTING");
    String told = TestKafka.await("task.events", task, "earnest.task.input_given.v1").value();
    assertThat(told).contains("PostgreSQL");
  }

  private static void post(String task, String id, String sender, String role, String content) {
    TestKafka.publish(
        "message.events",
        task,
        "earnest.message.posted.v1",
        """
        {"taskId": "%s", "messageId": "%s", "senderId": "%s", "senderRole": "%s", "content": "%s",
         "attachmentUrl": null, "createdAt": "2026-03-11T11:15:00.000Z"}
        """
            .formatted(task, id, sender, role, content));
  }

  @Test
  void timesHaveMilliseconds() throws JsonProcessingException {
    assertThat(json.writeValueAsString(Map.of("at", Instant.parse("2026-03-11T10:30:00Z"))))
        .isEqualTo("{\"at\":\"2026-03-11T10:30:00.000Z\"}");
    market.show(market.create()).body("task.status", equalTo("PENDING"));
  }
}
