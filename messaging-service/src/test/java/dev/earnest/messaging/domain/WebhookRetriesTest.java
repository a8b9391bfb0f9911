package dev.earnest.messaging.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookRetriesTest {
  private static final Instant NOW = Instant.parse("2026-03-11T10:30:00Z");
  private final WebhookRetries retries = new WebhookRetries();

  @ParameterizedTest
  @CsvSource({"1, PT5S", "2, PT5M", "3, PT30M", "4, PT2H", "5, PT5H", "6, PT10H", "7, PT10H"})
  void pausesGrow(int attempts, Duration pause) {
    for (int i = 0; i < 100; i++) {
      Instant shortest = NOW.plusMillis(pause.toMillis() * 9 / 10);
      assertThat(retries.after(attempts, NOW, null)).isBetween(shortest, NOW.plus(pause));
    }
  }

  @Test
  void eighthFailureIsTheLast() {
    assertThat(retries.after(8, NOW, null)).isNull();
  }

  @Test
  void receiverMayAskForMoreTimeButNotForLess() {
    assertThat(retries.after(1, NOW, Duration.ofMinutes(1))).isEqualTo(NOW.plusSeconds(60));
    assertThat(retries.after(2, NOW, Duration.ofSeconds(1))).isAfter(NOW.plusSeconds(200));
    assertThat(retries.after(1, NOW, Duration.ofDays(9))).isEqualTo(NOW.plus(Duration.ofHours(10)));
  }
}
