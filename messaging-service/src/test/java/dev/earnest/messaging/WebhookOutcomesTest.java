package dev.earnest.messaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earnest.testkit.TestClock;
import dev.earnest.testkit.WebhookReceiver;
import dev.earnest.testkit.WebhookReceiver.Answer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
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
      awaitAttempts(attack, 1);
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
      owner("ALTER TABLE webhook_attempts ADD CONSTRAINT no_teapot CHECK (status_code <> 418)");
      Story unlucky = new Story().callback(teapot.url()).created().assigned();
      Story story = new Story().callback(live.url()).created().assigned();
      teapot.await(1);
      story.awaitDelivery("DELIVERED");
      assertThat(unlucky.deliveryStates()).containsExactly("PENDING");
      TestClock.advance(Duration.ofSeconds(61));
      teapot.await(2);
      unlucky.awaitDelivery("DELIVERED");
    } finally {
      owner("ALTER TABLE webhook_attempts DROP CONSTRAINT no_teapot");
    }
  }

  private static void owner(String sql) throws SQLException {
    Config config = ConfigProvider.getConfig();
    try (Connection connection =
            DriverManager.getConnection(
                config.getValue("quarkus.datasource.jdbc.url", String.class),
                config.getValue("quarkus.flyway.username", String.class),
                config.getValue("quarkus.flyway.password", String.class));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void awaitAttempts(Story story, int attempts) {
    await()
        .until(() ->
            story.deliveries().<List<?>>getList("deliveries.attempts").stream()
                    .mapToInt(List::size)
                    .sum()
                >= attempts);
  }
}
