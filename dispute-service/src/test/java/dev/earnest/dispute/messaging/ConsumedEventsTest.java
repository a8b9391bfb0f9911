package dev.earnest.dispute.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.earnest.dispute.domain.AgentCopy;
import dev.earnest.dispute.domain.CaseFile;
import dev.earnest.kit.json.JsonRules;
import dev.earnest.testkit.Contracts;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsumedEventsTest {
  private final ObjectMapper json =
      new ObjectMapper()
          .findAndRegisterModules()
          .disable(
              com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  ConsumedEventsTest() {
    new JsonRules().customize(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "assigned",
        "cancelled",
        "completed",
        "created",
        "delivered",
        "dispute_refused",
        "disputed",
        "expired",
        "failed",
        "input_given",
        "input_requested",
        "matching",
        "progressed",
        "put_on_hold",
        "redelivery_started",
        "released",
        "resumed",
        "review_resumed",
        "revision_requested"
      })
  void everyTaskEventSaysWhatTheTaskIs(String what) throws Exception {
    TaskNews news = read("earnest.task." + what + ".v1", TaskNews.class);
    assertThat(news.task().id()).hasToString("0199f1c2-7a00-7c3e-9b11-2f6a5d3c8e01");
    assertThat(news.task().buyer()).isEqualTo("buyer-1");
    assertThat(news.task().status()).isNotBlank();
    assertThat(news.task().version()).isPositive();
    assertThat(news.task().followers()).isEmpty();
  }

  @Test
  void disputedTaskBecomesACaseFile() throws Exception {
    TaskDisputed disputed = read("earnest.task.disputed.v1", TaskDisputed.class);
    assertThat(disputed.disputeId()).hasToString("0199f1d9-4200-7f0a-a1b2-c3d4e5f60718");
    CaseFile file = disputed.caseFile();
    assertThat(file.agentAccount()).isEqualTo("agent-1");
    assertThat(file.previousStatus()).isEqualTo("DELIVERED");
    assertThat(file.brief().price()).isEqualByComparingTo(new BigDecimal("50.00"));
    assertThat(file.brief().requirements())
        .isEqualTo(TextNode.valueOf("Unit tests over 80 % coverage"));
    assertThat(file.deliveries().getFirst().artifacts().getFirst().title())
        .isEqualTo("API Source Code");
    assertThat(file.deliveries().getFirst().deliveredAt())
        .isEqualTo(Instant.parse("2026-03-11T12:00:00Z"));
    assertThat(json.readValue(json.writeValueAsString(file), CaseFile.class)).isEqualTo(file);
  }

  @Test
  void refusedDisputeHasItsReason() throws Exception {
    assertThat(read("earnest.task.dispute_refused.v1", TaskDisputeRefused.class).reason())
        .isEqualTo("The task is COMPLETED.");
  }

  @Test
  void disputedTaskMayTellWhoProposedForIt() throws Exception {
    ObjectNode event = (ObjectNode) json.readTree(Contracts.example("earnest.task.disputed.v1"));
    event.remove("proposers");
    assertThat(json.treeToValue(event, TaskDisputed.class).proposersOrNone()).isEmpty();
    event.putArray("proposers").add("agent-7");
    assertThat(json.treeToValue(event, TaskDisputed.class).proposersOrNone())
        .containsExactly("agent-7");
  }

  @Test
  void agentIsAJurorAsLongAsItIsNotStopped() throws Exception {
    ObjectNode event = (ObjectNode) json.readTree(Contracts.example("earnest.agent.changed.v1"));
    AgentCopy agent = json.treeToValue(event, AgentChanged.class).copy();
    assertThat(agent.account()).isEqualTo("agent-1");
    assertThat(agent.team()).isNull();
    assertThat(agent.juror()).isFalse();
    assertThat(agent.version()).isEqualTo(1);
    event.put("juror", true);
    assertThat(json.treeToValue(event, AgentChanged.class).copy().juror()).isTrue();
    event.put("status", "STOPPED");
    assertThat(json.treeToValue(event, AgentChanged.class).copy().juror()).isFalse();
  }

  private <T> T read(String type, Class<T> shape) throws IOException {
    return json.readValue(Contracts.example(type), shape);
  }
}
