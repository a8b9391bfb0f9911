package dev.earnest.dispute.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earnest.kit.json.JsonRules;
import dev.earnest.testkit.Contracts;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EmittedEventsTest {
  private static final UUID DISPUTE = UUID.randomUUID();
  private static final UUID TASK = UUID.randomUUID();
  private final ObjectMapper json = new ObjectMapper().findAndRegisterModules();

  EmittedEventsTest() {
    new JsonRules().customize(json);
  }

  static List<DisputeEvent> events() {
    return List.of(
        new DisputeOpened(DISPUTE, TASK, "buyer-1", PartyRole.BUYER, Category.LATE, "late"),
        new DisputeRefused(DISPUTE, TASK, "buyer-1", "The task is COMPLETED."),
        new DisputeResolved(
            DISPUTE,
            TASK,
            Resolution.SPLIT,
            new BigDecimal("33.333333"),
            Tier.ARBITRATION,
            "admin-1",
            "why"),
        new DisputeResolved(
            DISPUTE, TASK, Resolution.REFUND_BUYER, Percentage.ALL, Tier.AUTOMATIC, null, null),
        new EvidenceSubmitted(
            DISPUTE,
            TASK,
            UUID.randomUUID(),
            "agent-1",
            PartyRole.AGENT,
            "look",
            "https://agent.example/log",
            "LOG"),
        new EvidenceSubmitted(
            DISPUTE, TASK, UUID.randomUUID(), "agent-1", PartyRole.AGENT, "look", null, null),
        new RedeliveryAgreed(DISPUTE, TASK, "buyer-1"));
  }

  @ParameterizedTest
  @MethodSource("events")
  void eventKeepsItsContract(DisputeEvent event) throws Exception {
    Contracts.assertKept(event.type(), json.writeValueAsString(event));
    assertThat(event.subject()).isEqualTo(TASK.toString());
    assertThat(event.topic()).isEqualTo("dispute.events");
  }

  @Test
  void everyEventIsTried() {
    assertThat(events().stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(DisputeEvent.class.getPermittedSubclasses()).toList());
  }
}
