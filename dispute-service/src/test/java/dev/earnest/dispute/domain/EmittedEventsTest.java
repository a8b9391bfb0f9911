package dev.earnest.dispute.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earnest.kit.json.JsonRules;
import dev.earnest.testkit.Contracts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EmittedEventsTest {
  private static final UUID DISPUTE = UUID.randomUUID();
  private static final UUID TASK = UUID.randomUUID();
  private static final Instant AT = Instant.parse("2026-03-13T12:00:00.000Z");
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
        new RedeliveryAgreed(DISPUTE, TASK, "buyer-1"),
        new OfferMade(
            DISPUTE,
            TASK,
            UUID.randomUUID(),
            "buyer-1",
            PartyRole.BUYER,
            new BigDecimal("33.333333"),
            false),
        new OfferMade(DISPUTE, TASK, UUID.randomUUID(), "agent-1", PartyRole.AGENT, null, true),
        new OfferRejected(DISPUTE, TASK, UUID.randomUUID(), "buyer-1", PartyRole.BUYER),
        new JurySeated(DISPUTE, TASK, 5, AT),
        new JurorCalled(DISPUTE, TASK, "juror-1", AT),
        new DisputeEscalated(DISPUTE, TASK, "buyer-1", Move.Cause.PARTY, AT),
        new DisputeEscalated(DISPUTE, TASK, null, Move.Cause.NO_MAJORITY, AT),
        reputation(Resolution.REFUND_BUYER),
        reputation(Resolution.RELEASE_TO_AGENT),
        reputation(Resolution.SPLIT));
  }

  private static ReputationAdjusted reputation(Resolution resolution) {
    return new ReputationAdjusted(
        DISPUTE,
        TASK,
        UUID.randomUUID(),
        "agent-1",
        Ruling.verdict(resolution).reputation().orElseThrow());
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
