package dev.earnest.kit.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earnest.kit.json.JsonRules;
import dev.earnest.kit.problem.Refusal;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
  private final ObjectMapper json = new ObjectMapper().findAndRegisterModules();

  MoneyTest() {
    new JsonRules().customize(json);
  }

  private record Price(BigDecimal amount) {}

  @ParameterizedTest
  @CsvSource({
    "50.00, 50000000, 50.00",
    "0.000001, 1, 0.000001",
    "1e12, 1000000000000000000, 1000000000000.00",
    "1000000000000, 1000000000000000000, 1000000000000.00",
    "999999999999.999999, 999999999999999999, 999999999999.999999",
    "1e-6, 1, 0.000001",
    "10.5000000000, 10500000, 10.50",
    "47.5, 47500000, 47.50",
  })
  void amountIsExactInMicroUnits(String written, long micros, String shown) throws Exception {
    Money money = Money.positive("amount", read(written), null);
    assertThat(money).isEqualTo(new Money(micros, "USDC"));
    assertThat(json.writeValueAsString(money.decimal())).isEqualTo(shown);
    assertThat(Money.of(money.decimal(), "USDC")).isEqualTo(money);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "0.0",
        "0e-999999999",
        "0e999999999",
        "-0.000001",
        "-1",
        "-1e308",
        "1e308",
        "1e999999999",
        "1e-7",
        "1e-999999999",
        "0.0000001",
        "1000000000000.000001",
        "1000000000001",
        "50.0000001"
      })
  void amountThatMakesNoSenseIsRefused(String written) throws Exception {
    BigDecimal amount = read(written);
    assertThatThrownBy(() -> Money.positive("amount", amount, null))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(400);
              assertThat(refusal.errors().getFirst().field()).isEqualTo("amount");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        "Infinity",
        "-Infinity",
        "\"50\"",
        "\"\"",
        "true",
        "[5]",
        "{}",
        "0x10",
        "1,5",
        "05",
        "1e999999999999",
        "+1"
      })
  void whatIsNoNumberIsNoAmount(String written) {
    assertThatThrownBy(() -> read(written)).isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void missingAmountAndForeignCurrencyAreRefused() {
    assertThatThrownBy(() -> Money.positive("amount", null, null)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> Money.positive("amount", BigDecimal.ONE, "EUR"))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.errors().getFirst().field()).isEqualTo("currency"));
    assertThat(Money.notNegative("amount", BigDecimal.ZERO, "USDC").isZero()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "50000000, 500, 2500000", // 5 % of 50.00
    "10, 500, 0", // half a micro-unit, to even
    "30, 500, 2", // one and a half, to even
    "50, 500, 2", // two and a half, to even
    "50, 501, 3",
    "1000000000000000000, 10000, 1000000000000000000",
    "1000000000000000000, 3333.3333, 333333330000000000",
    "1, 0, 0",
  })
  void shareIsRoundedHalfEven(long micros, BigDecimal basisPoints, long share) {
    Money whole = new Money(micros, "USDC");
    assertThat(whole.share(basisPoints, 10_000).micros()).isEqualTo(share);
    assertThat(whole.share(basisPoints, 10_000).plus(whole.minus(whole.share(basisPoints, 10_000))))
        .isEqualTo(whole);
  }

  @Test
  void sumsNeitherOverflowNorMixCurrencies() {
    Money most = new Money(Long.MAX_VALUE, "USDC");
    assertThatThrownBy(() -> most.plus(new Money(1, "USDC")))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> most.minus(new Money(1, "EUR")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private BigDecimal read(String written) throws JsonProcessingException {
    return json.readValue("{\"amount\": " + written + "}", Price.class).amount();
  }
}
