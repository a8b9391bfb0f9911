package dev.earnest.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earnest.local.process.StackException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockOffsetTest {
  @ParameterizedTest
  @CsvSource({
    "+90s, PT1M30S",
    "+15m, PT15M",
    "+24h, PT24H",
    "+7d, PT168H",
    "+1d12h30m, PT36H30M",
    "+0s, PT0S"
  })
  void stepsAddUp(String step, Duration expected) {
    assertThat(ClockOffset.after(Duration.ZERO, step)).isEqualTo(expected);
    assertThat(ClockOffset.after(Duration.ofHours(1), step)).isEqualTo(expected.plusHours(1));
  }

  @Test
  void resetGoesBack() {
    assertThat(ClockOffset.after(Duration.ofDays(3), "reset")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "24h",
        "-1h",
        "+",
        "+h",
        "+5",
        "+5w",
        "+1.5h",
        "tomorrow",
        "+99999999d",
        "+9999999999s"
      })
  void anythingElseIsRefused(String step) {
    assertThatThrownBy(() -> ClockOffset.after(Duration.ZERO, step))
        .isInstanceOf(StackException.class);
  }
}
