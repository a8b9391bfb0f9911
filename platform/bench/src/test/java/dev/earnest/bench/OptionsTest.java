package dev.earnest.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earnest.local.process.StackException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  @Test
  void defaultsAreEightPeopleForTwentySeconds() {
    assertThat(Options.of(List.of()))
        .isEqualTo(new Options(8, Duration.ofSeconds(5), Duration.ofSeconds(20)));
  }

  @Test
  void bothWaysOfWritingAreTaken() {
    Options options = Options.of(List.of("--people=2", "--seconds", "3"));

    assertThat(options.people()).isEqualTo(2);
    assertThat(options.measured()).isEqualTo(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--people", "--people=0", "--people=21", "--seconds=x", "--fast=1"})
  void nonsenseIsRefused(String word) {
    assertThatThrownBy(() -> Options.of(List.of(word))).isInstanceOf(StackException.class);
  }
}
