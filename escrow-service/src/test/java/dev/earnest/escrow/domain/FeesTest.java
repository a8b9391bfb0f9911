package dev.earnest.escrow.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earnest.kit.money.Money;
import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeesTest {
  private static final long MOST = 1_000_000_000_000_000_000L;

  @Property
  void refundFeeAndNetAreWhatWasHeld(
      @ForAll @LongRange(max = MOST) long held,
      @ForAll @BigRange(min = "0", max = "100") @Scale(6) BigDecimal percentage,
      @ForAll @IntRange(max = 10_000) int basisPoints) {
    Fees.Split split = new Fees(basisPoints).split(micros(held), percentage);

    assertThat(split.refund().plus(split.fee()).plus(split.net())).isEqualTo(micros(held));
    assertThat(split.refund().micros()).isBetween(0L, held);
    assertThat(split.fee().micros()).isBetween(0L, held);
    assertThat(split.net().micros()).isBetween(0L, held);
  }

  @ParameterizedTest
  @CsvSource({
    "50000000, 2500000, 47500000", // 50.00 at 5 %
    "1, 0, 1",
    "10, 0, 10", // 0.5: half to even, down
    "30, 2, 28", // 1.5: half to even, up
    "50, 2, 48", // 2.5: half to even, down
    "0, 0, 0",
  })
  void feeIsRoundedHalfEvenAndTheRestIsTheAgents(long held, long fee, long net) {
    Fees.Split split = new Fees(500).release(micros(held));

    assertThat(split).isEqualTo(new Fees.Split(micros(0), micros(fee), micros(net)));
  }

  @ParameterizedTest
  @CsvSource({
    "50000000, 50, 25000000, 1250000, 23750000",
    "50000000, 100, 50000000, 0, 0",
    "50000000, 0, 0, 2500000, 47500000",
    "50000000, 33.3333, 16666650, 1666668, 31666682",
    "1, 50, 0, 0, 1",
    "3, 50, 2, 0, 1",
  })
  void splitTakesTheFeeFromTheAgentsShareOnly(
      long held, BigDecimal percentage, long refund, long fee, long net) {
    Fees.Split split = new Fees(500).split(micros(held), percentage);

    assertThat(split).isEqualTo(new Fees.Split(micros(refund), micros(fee), micros(net)));
  }

  @ParameterizedTest
  @CsvSource({"-0.000001", "100.000001"})
  void whatIsNoPercentageIsRefused(BigDecimal percentage) {
    assertThatThrownBy(() -> new Fees(500).split(micros(1), percentage))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void feeOverTheWholeIsRefusedAtStart() {
    assertThatThrownBy(() -> new Fees(10_001)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Money micros(long micros) {
    return new Money(micros, Money.USDC);
  }
}
