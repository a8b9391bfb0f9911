package dev.earnest.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import dev.earnest.local.client.Marketplace;
import dev.earnest.testkit.WebhookReceiver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A service dies between any two steps of a task's life and is started again: the task comes to the
/// same end, nothing is lost and nothing happens twice.
class KilledServiceTest {
  @ParameterizedTest
  @ValueSource(strings = {"task-service", "escrow-service", "dispute-service", "messaging-service"})
  void taskReachesTheSameEndWhicheverServiceDiesBetweenItsSteps(String service) throws Exception {
    Life life = new Life();
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      List<Runnable> steps =
          List.of(
              life::register,
              () -> life.deposit("100.00"),
              () -> life.create("50.00", "\"" + receiver.url() + "\""),
              () -> life.awaitStatus("EXECUTING"),
              life::progress,
              life::deliver,
              life::approve);
      for (Runnable step : steps) {
        step.run();
        RunningStack.kill(service);
        RunningStack.restart();
      }
      life.awaitStatus("COMPLETED").awaitBalances("50.00", "47.50");
      assertEveryEventOnce(life);
      assertWebhooksInOrder(life, receiver);
    }
    Life.assertLedgerIsClean();
  }

  private static void assertEveryEventOnce(Life life) {
    Life.await()
        .untilAsserted(() -> {
          List<String> types = new ArrayList<>();
          life.timeline().forEach(event -> types.add(event.path("type").asText()));
          assertThat(types)
              .containsExactlyInAnyOrder(
                  "task.created",
                  "escrow.held",
                  "task.assigned",
                  "task.progressed",
                  "task.delivered",
                  "task.completed",
                  "escrow.released");
        });
  }

  /// At least once, the first attempts in order, each signed.
  private static void assertWebhooksInOrder(Life life, WebhookReceiver receiver) throws Exception {
    String secret =
        RunningStack.market().get(life.buyer, "/api/v1/webhooks/signing-secret").text("/secret");
    Webhook signatures = new Webhook(secret);
    Life.await()
        .untilAsserted(() ->
            assertThat(types(receiver))
                .containsExactly("task.executing", "task.delivered", "task.completed"));
    for (WebhookReceiver.Received hook : receiver.received()) {
      Map<String, List<String>> headers =
          Map.of(
              "webhook-id", List.of(hook.headers().get("webhook-id")),
              "webhook-timestamp", List.of(hook.headers().get("webhook-timestamp")),
              "webhook-signature", List.of(hook.headers().get("webhook-signature")));
      signatures.verify(hook.body(), headers);
    }
  }

  private static List<String> types(WebhookReceiver receiver) {
    return receiver.received().stream()
        .map(hook -> Marketplace.read(hook.body()).path("type").asText())
        .distinct()
        .toList();
  }
}
