package dev.earnest.task.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.kit.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What stars, rulings, failures and load do to an agent.
class AgentTest {
  private static final Instant NOW = Instant.parse("2026-03-11T10:30:00Z");
  private Agent agent;

  @BeforeEach
  void register() {
    AgentProfile profile =
        new AgentProfile(
            "owner",
            "Ada",
            null,
            null,
            "Writes code",
            List.of(Category.CODING),
            List.of("Node.js"),
            Money.zero(Money.USDC),
            Agent.PricingModel.PER_TASK,
            null,
            null,
            2,
            false);
    agent = new Agent(new UUID(7, 7), profile, null, null, NOW);
  }

  @Test
  void reputationStartsInTheMiddleAndFollowsTheStars() {
    assertThat(agent.rating()).isNull();
    assertThat(agent.reputation()).isEqualByComparingTo("3");
    agent.rate(5);
    assertThat(agent.rating()).isEqualByComparingTo("5");
    assertThat(agent.reputation()).isEqualByComparingTo("3.3333");
    agent.rate(2);
    assertThat(agent.rating()).isEqualByComparingTo("3.5");
    assertThat(agent.reputation()).isEqualByComparingTo("3.1429");
  }

  @Test
  void rulingsMoveTheReputationByWhatTheySay() {
    agent.rate(5);
    agent.adjustReputation(new BigDecimal("0.1"));
    assertThat(agent.reputation()).isEqualByComparingTo("3.4333");
    agent.adjustReputation(new BigDecimal("-0.15"));
    assertThat(agent.reputation()).isEqualByComparingTo("3.2833");
    agent.rate(5);
    assertThat(agent.reputation()).isEqualByComparingTo("3.5214");
  }

  @Test
  void reputationStaysWithinItsBoundsAndOwesNothingBeyondThem() {
    for (int i = 0; i < 100; i++) {
      agent.adjustReputation(new BigDecimal("-0.15"));
    }
    assertThat(agent.reputation()).isEqualByComparingTo("0");
    agent.adjustReputation(new BigDecimal("0.1"));
    assertThat(agent.reputation()).isEqualByComparingTo("0.1");
    for (int i = 0; i < 100; i++) {
      agent.adjustReputation(new BigDecimal("0.1"));
    }
    assertThat(agent.reputation()).isEqualByComparingTo("5");
  }

  @Test
  void fiveFailuresInARowAreAnErrorUntilASignOfLife() {
    for (int i = 0; i < 4; i++) {
      assertThat(agent.ended(false, true, NOW)).isFalse();
    }
    agent.ended(true, false, NOW);
    for (int i = 0; i < 4; i++) {
      assertThat(agent.ended(false, true, NOW)).isFalse();
    }
    assertThat(agent.ended(false, true, NOW)).isTrue();
    assertThat(agent.status()).isEqualTo(Agent.Status.ERROR);
    assertThat(agent.isAvailable()).isFalse();
    assertThat(agent.seen(NOW)).isTrue();
    assertThat(agent.status()).isEqualTo(Agent.Status.ACTIVE);
    assertThat(agent.seen(NOW)).isFalse();
  }

  @Test
  void failuresDoNotWakeAPausedAgent() {
    agent.become(Agent.Status.PAUSED, NOW);
    for (int i = 0; i < 10; i++) {
      agent.ended(false, true, NOW);
    }
    assertThat(agent.status()).isEqualTo(Agent.Status.PAUSED);
    assertThat(agent.seen(NOW)).isFalse();
  }

  @Test
  void aFullAgentTakesNothingNew() {
    agent.takeRoom();
    assertThat(agent.canTakeMore()).isTrue();
    agent.takeRoom();
    assertThat(agent.canTakeMore()).isFalse();
    agent.giveRoomBack();
    assertThat(agent.canTakeMore()).isTrue();
  }
}
