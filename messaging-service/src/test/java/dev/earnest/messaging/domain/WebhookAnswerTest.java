package dev.earnest.messaging.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.messaging.domain.WebhookClient.Answer;
import org.junit.jupiter.api.Test;

class WebhookAnswerTest {
  @Test
  void errorHoldsNothingThatPostgresqlOrATerminalChokesOn() {
    assertThat(error("a\0b\nc\u001b[31m\u0085\ud800d é \ud83d\ude00"))
        .isEqualTo("a\ufffdb\ufffdc\ufffd[31m\ufffd\ufffdd é \ud83d\ude00");
  }

  @Test
  void errorIsCutAndNotInTheMiddleOfACharacter() {
    assertThat(error("\ud83d\ude00".repeat(501))).isEqualTo("\ud83d\ude00".repeat(500));
  }

  private static String error(String text) {
    return String.valueOf(new Answer(null, text, null).error());
  }
}
