package dev.earnest.messaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earnest.testkit.TestClock;
import dev.earnest.testkit.WebhookReceiver;
import dev.earnest.testkit.WebhookReceiver.Answer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What one receiver answers never keeps the others from their webhooks.
@RealService
class WebhookOutcomesTest {
  @Test
  void answerThatPostgresqlCouldNotStoreStopsNobody() throws IOException {
    String answer = "FO\0O" + "o".repeat(1_000) + " 200 OK\r\n\r\n";
    try (RawReceiver hostile = RawReceiver.answering(answer.getBytes(ISO_8859_1));
        WebhookReceiver live = new WebhookReceiver()) {
      Story attack = new Story().callback(hostile.url()).created().assigned();
      await().until(() -> hostile.answered() > 0);
      Story story = new Story().callback(live.url()).created().assigned();
      story.awaitDelivery("DELIVERED");
      Hooks.awaitAttempts(attack, 1);
      assertThat(attack.deliveries().getString("deliveries[0].attempts[0].error"))
          .contains("FO\ufffdO")
          .hasSizeLessThanOrEqualTo(500);
    }
  }

  @Test
  void outcomeThatCannotBeWrittenIsLetGoAndItsDeliveryMadeAgain() throws SQLException {
    try (WebhookReceiver teapot = new WebhookReceiver();
        WebhookReceiver live = new WebhookReceiver()) {
      teapot.answer(Answer.status(418));
      TestDatabase.alter(
          "ALTER TABLE webhook_attempts ADD CONSTRAINT no_teapot CHECK (status_code <> 418)");
      Story unlucky = new Story().callback(teapot.url()).created().assigned();
      Story story = new Story().callback(live.url()).created().assigned();
      teapot.await(1);
      story.awaitDelivery("DELIVERED");
      assertThat(unlucky.deliveryStates()).containsExactly("PENDING");
      TestClock.advance(Duration.ofSeconds(61));
      teapot.await(2);
      unlucky.awaitDelivery("DELIVERED");
    } finally {
      TestDatabase.alter("ALTER TABLE webhook_attempts DROP CONSTRAINT no_teapot");
    }
  }
}
