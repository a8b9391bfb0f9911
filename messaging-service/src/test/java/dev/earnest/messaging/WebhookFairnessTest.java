package dev.earnest.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earnest.testkit.TestClock;
import dev.earnest.testkit.WebhookReceiver;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Endpoints that take nothing are nobody else's trouble.
@RealService
class WebhookFairnessTest {
  private static final int DEAD = 1_000;

  /// A dead endpoint holds an attempt for ten seconds; whoever had to wait for one would show it.
  private static final Duration AT_ONCE = Duration.ofSeconds(3);

  @Test
  void thousandDeadEndpointsDoNotDelayALiveOne() throws IOException {
    try (RawReceiver dead =
            new RawReceiver(
                caller -> caller.getInputStream().transferTo(OutputStream.nullOutputStream()));
        WebhookReceiver live = new WebhookReceiver()) {
      String run = "?run=" + UUID.randomUUID();
      IntStream.range(0, DEAD)
          .forEach(i -> new Story().callback(dead.url() + "/" + i + run).assigned());
      await().atMost(Duration.ofSeconds(60)).until(() -> dead.callers() >= DEAD);
      assertServedAtOnce(live, 10);

      String allFailed =
          "SELECT FROM webhook_endpoints WHERE url LIKE ? HAVING min(failures) > 0 AND count(*) = "
              + DEAD;
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> TestDatabase.has(allFailed, dead.url() + "/%" + run));
      TestClock.advance(Duration.ofSeconds(5));
      await().until(() -> dead.callers() > DEAD);
      assertServedAtOnce(live, 10);
    }
  }

  private static void assertServedAtOnce(WebhookReceiver live, int times) {
    for (int i = 0; i < times; i++) {
      int before = live.received().size();
      long start = System.nanoTime();
      new Story().callback(live.url("/live")).assigned();
      live.await(before + 1);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
    }
  }
}
