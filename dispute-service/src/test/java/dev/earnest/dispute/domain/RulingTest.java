package dev.earnest.dispute.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earnest.kit.problem.Refusal;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulingTest {
  @ParameterizedTest
  @CsvSource({
    "REFUND_BUYER, , 100",
    "SPLIT, , 50",
    "RELEASE_TO_AGENT, , 0",
    "REFUND_BUYER, 0, 0",
    "REFUND_BUYER, 33.333333, 33.333333",
    "REFUND_BUYER, 50.00, 50",
    "SPLIT, 1e2, 100",
    "SPLIT, 1e-6, 0.000001",
    "SPLIT, 0e-9, 0",
  })
  void shareIsTheGivenOneOrTheUsual(
      Resolution resolution, @Nullable BigDecimal asked, String share) {
    Ruling ruling = Ruling.arbitration(resolution, asked, "admin-1", null);
    assertThat(ruling.refundPercentage()).isEqualTo(new BigDecimal(share));
    assertThat(ruling.tier()).isEqualTo(Tier.ARBITRATION);
  }

  @ParameterizedTest
  @CsvSource({
    "-0.000001",
    "-1",
    "100.000001",
    "101",
    "1e308",
    "1e999999999",
    "33.3333333",
    "1e-999999999"
  })
  void whatIsNoPercentageIsRefused(BigDecimal asked) {
    assertRefused(Resolution.REFUND_BUYER, asked);
    assertRefused(Resolution.SPLIT, asked);
  }

  @Test
  void releaseTakesNoPercentageNotEvenZero() {
    assertRefused(Resolution.RELEASE_TO_AGENT, BigDecimal.ZERO);
    assertRefused(Resolution.RELEASE_TO_AGENT, BigDecimal.TEN);
  }

  @ParameterizedTest
  @CsvSource({"REFUND_BUYER, -0.15", "RELEASE_TO_AGENT, 0.1", "SPLIT, -0.05"})
  void judgementChangesTheAgentsReputation(Resolution resolution, BigDecimal adjustment) {
    assertThat(Ruling.arbitration(resolution, null, "admin-1", null).reputation())
        .contains(adjustment);
    assertThat(Ruling.verdict(resolution).reputation()).contains(adjustment);
  }

  @Test
  void automaticRefundIsALossAndASettlementIsNone() {
    assertThat(Ruling.nothingDelivered().reputation()).contains(new BigDecimal("-0.15"));
    assertThat(Ruling.settlement(BigDecimal.ZERO, "buyer-1").reputation()).isEmpty();
    assertThat(Ruling.settlement(Percentage.ALL, "agent-1").reputation()).isEmpty();
  }

  private static void assertRefused(Resolution resolution, BigDecimal asked) {
    assertThatThrownBy(() -> Ruling.arbitration(resolution, asked, "admin-1", null))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(400);
              assertThat(refusal.errors().getFirst().field()).isEqualTo("refundPercentage");
            });
  }
}
