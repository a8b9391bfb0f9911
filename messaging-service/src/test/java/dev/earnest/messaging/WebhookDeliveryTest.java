package dev.earnest.messaging;

import static dev.earnest.messaging.Story.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earnest.kit.security.Secrets;
import dev.earnest.testkit.RealStack;
import dev.earnest.testkit.TestClock;
import dev.earnest.testkit.Tokens;
import dev.earnest.testkit.WebhookReceiver;
import dev.earnest.testkit.WebhookReceiver.Answer;
import dev.earnest.testkit.WebhookReceiver.Received;
import io.agroal.api.AgroalDataSource;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RealService
class WebhookDeliveryTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @Inject AgroalDataSource database;

  @Test
  void callbackGetsEveryTypeOnceInOrderAndItsSignatureVerifies() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      Story story =
          new Story().callback(receiver.url()).created().assigned().progressed(5, "on it");
      story.delivered().say("revision_requested", "EXECUTING").delivered();
      story.say("disputed", "DISPUTED").completed();

      List<Received> received = receiver.await(6);

      assertThat(received)
          .extracting(Hooks::type)
          .containsExactly(
              "task.executing",
              "task.delivered",
              "task.revision_requested",
              "task.delivered",
              "task.disputed",
              "task.completed");
      assertThat(received)
          .extracting(one -> one.headers().get("webhook-id"))
          .doesNotHaveDuplicates();
      received.forEach(one -> Hooks.assertVerifies(one, signingSecret(story)));
      JsonPath last = JsonPath.from(received.getLast().body());
      assertThat(last.getString("data.task.id")).isEqualTo(story.task().toString());
      assertThat(last.getString("data.task.status")).isEqualTo("COMPLETED");
      assertThat(last.getString("data.agent.id")).isNotEmpty();
      assertThat(last.getString("timestamp")).endsWith("Z");
      await().until(() -> story.deliveryStates().stream().allMatch("DELIVERED"::equals));
    }
  }

  @Test
  void attemptsAreCountedByWhatBecameOfThem() {
    double failed = attempts("failed");
    double delivered = attempts("delivered");
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      receiver.answer(Answer.status(500));
      Story story = new Story().callback(receiver.url()).created().assigned();
      receiver.await(1);
      Hooks.awaitAttempts(story, 1);
      await().until(() -> attempts("failed") > failed);
      TestClock.advance(Duration.ofSeconds(5));
      receiver.await(2);
      await().until(() -> attempts("delivered") > delivered);
    }
  }

  private static double attempts(String outcome) {
    String line = "earnest_webhooks_attempts_total{outcome=\"" + outcome + "\"";
    return given()
        .get("/q/metrics")
        .asString()
        .lines()
        .filter(one -> one.startsWith(line))
        .mapToDouble(one -> Double.parseDouble(one.substring(one.lastIndexOf(' '))))
        .sum();
  }

  @Test
  void failedDeliveryIsTriedAgainByScheduleUnderTheSameIdUntilItArrives() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      receiver.answer(Answer.status(500), Answer.status(503));
      Story story = new Story().callback(receiver.url()).created().assigned();
      receiver.await(1);
      Hooks.awaitAttempts(story, 1);
      TestClock.advance(Duration.ofSeconds(5));
      receiver.await(2);
      Hooks.awaitAttempts(story, 2);
      TestClock.advance(Duration.ofMinutes(5));
      receiver.await(3);
      story.awaitDelivery("DELIVERED");
      TestClock.advance(Duration.ofHours(11));
      story.delivered();

      List<Received> received = receiver.await(4);

      assertThat(received)
          .extracting(Hooks::type)
          .containsExactly("task.executing", "task.executing", "task.executing", "task.delivered");
      assertThat(received.subList(0, 3))
          .extracting(one -> one.headers().get("webhook-id"))
          .containsOnly(received.getFirst().headers().get("webhook-id"));
      JsonPath log = story.deliveries();
      assertThat(log.<Integer>getList("deliveries[1].attempts.statusCode"))
          .containsExactly(500, 503, 200);
    }
  }

  @Test
  void laterEventOfATaskIsNotHeldBackByTheRetriesOfAnEarlier() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      receiver.answer(Answer.status(500));
      Story story = new Story().callback(receiver.url()).created().assigned().delivered();
      assertThat(receiver.await(2))
          .extracting(Hooks::type)
          .containsExactly("task.executing", "task.delivered");
      Hooks.awaitAttempts(story, 2);
      TestClock.advance(Duration.ofSeconds(5));
      assertThat(Hooks.type(receiver.await(3).getLast())).isEqualTo("task.executing");
    }
  }

  @Test
  void firstAttemptsOfATaskKeepTheirOrderHoweverSlowTheReceiver() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      receiver.answer(new Answer(200, Map.of(), "", Duration.ofMillis(500)));
      Story story = new Story().callback(receiver.url()).created().assigned().delivered();
      receiver.await(1);
      assertThat(story.deliveryStates()).containsExactly("PENDING", "PENDING");
      assertThat(receiver.await(2))
          .extracting(Hooks::type)
          .containsExactly("task.executing", "task.delivered");
    }
  }

  @Test
  void hangingReceiverDelaysNobody() {
    try (WebhookReceiver hanging = new WebhookReceiver();
        WebhookReceiver live = new WebhookReceiver()) {
      Answer never = new Answer(200, Map.of(), "", LONG);
      hanging.answer(never, never, never, never, never, never, never, never);
      List<Story> stuck =
          java.util.stream.IntStream.range(0, 8)
              .mapToObj(_ -> new Story().callback(hanging.url()).created().assigned())
              .toList();
      hanging.await(1);
      Story story = new Story().callback(live.url()).created().assigned();
      live.await(1);
      story.awaitDelivery("DELIVERED");
      assertThat(stuck).allSatisfy(one -> assertThat(one.deliveryStates()).containsOnly("PENDING"));
    }
  }

  @Test
  void redirectIsNotFollowed() {
    try (WebhookReceiver receiver = new WebhookReceiver();
        WebhookReceiver elsewhere = new WebhookReceiver()) {
      receiver.answer(new Answer(307, Map.of("Location", elsewhere.url()), "", Duration.ZERO));
      Story story = new Story().callback(receiver.url()).created().assigned();
      Hooks.awaitAttempts(story, 1);
      assertThat(story.deliveries().<Integer>getList("deliveries[0].attempts.statusCode"))
          .containsExactly(307);
      assertThat(elsewhere.received()).isEmpty();
    }
  }

  @Test
  void endlessAnswerIsNotReadAndCountsByItsStatus() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      receiver.answer(new Answer(200, Map.of(), "x".repeat(10_000_000), Duration.ZERO));
      Story story = new Story().callback(receiver.url()).created().assigned();
      story.awaitDelivery("DELIVERED");
      assertThat(receiver.received()).hasSize(1);
    }
  }

  @Test
  void goneReceiverIsNotToldAgain() {
    try (WebhookReceiver receiver = new WebhookReceiver();
        WebhookReceiver agents = new WebhookReceiver()) {
      receiver.answer(Answer.status(410));
      Story story = new Story().agentWantsWebhooks(agents.url(), null);
      story.agentKnown();
      story.callback(receiver.url()).created().assigned();
      story.awaitDelivery("FAILED");
      story.delivered().completed();
      assertThat(agents.await(3))
          .extracting(Hooks::type)
          .containsExactly("task.assigned", "task.delivered", "task.completed");
      assertThat(receiver.received()).hasSize(1);
    }
  }

  @Test
  void checkedAddressIsConnectedToUnderTheNameOfTheUrl() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      String named = receiver.url("/a/b?c=d").replace("127.0.0.1", "localhost");
      new Story().callback(named).created().assigned();
      Received received = receiver.await(1).getFirst();
      assertThat(received.path()).isEqualTo("/a/b?c=d");
      assertThat(received.headers().get("host")).startsWith("localhost:");
    }
  }

  @Test
  void deliveryWhoseWorkerDiedIsMadeAgainWhenItsLeaseEnds() throws SQLException {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      receiver.answer(Answer.status(500));
      Story story = new Story().callback(receiver.url()).created().assigned();
      Hooks.awaitAttempts(story, 1);
      takenByAWorkerThatDied(story);
      TestClock.advance(Duration.ofMinutes(61));
      receiver.await(2);
      story.awaitDelivery("DELIVERED");
    }
  }

  private void takenByAWorkerThatDied(Story story) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement lease =
            connection.prepareStatement(
                "UPDATE webhook_deliveries SET due_at = due_at + interval '1 hour'"
                    + " WHERE task = ?")) {
      lease.setObject(1, story.task());
      assertThat(lease.executeUpdate()).isEqualTo(1);
    }
  }

  @Test
  void forbiddenAddressIsNotConnectedTo() {
    Story story = new Story().callback("http://169.254.169.254/latest/meta-data").created();
    story.assigned();
    Hooks.awaitAttempts(story, 1);
    assertThat(story.deliveries().getString("deliveries[0].attempts[0].error"))
        .startsWith("forbidden address");
  }

  @Test
  void agentsOwnSecretSignsWhatGoesToTheAgent() {
    String own =
        "whsec_"
            + Base64.getEncoder()
                .encodeToString("an agent's own secret".getBytes(StandardCharsets.UTF_8));
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      Story story =
          new Story().agentWantsWebhooks(receiver.url(), new Secrets(RealStack.SECRET).seal(own));
      story.agentKnown();
      story.created().assigned();
      Received received = receiver.await(1).getFirst();
      assertThat(Hooks.type(received)).isEqualTo("task.assigned");
      Hooks.assertVerifies(received, own);
    }
  }

  @Test
  void signingSecretIsStableAndEachAccountsOwn() {
    Story one = new Story();
    assertThat(signingSecret(one)).startsWith("whsec_").isEqualTo(signingSecret(one));
    assertThat(signingSecret(new Story())).isNotEqualTo(signingSecret(one));
  }

  @Test
  void logIsTheOwnersAlone() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      Story story = new Story().callback(receiver.url()).created().assigned().delivered();
      await().until(() -> story.deliveryStates().size() == 2);
      JsonPath first = as(story.buyerToken()).get("/api/v1/webhooks/deliveries?limit=1").jsonPath();
      String next = first.getString("nextCursor");
      assertThat(first.getString("deliveries[0].type")).isEqualTo("task.delivered");
      JsonPath second =
          as(story.buyerToken())
              .get("/api/v1/webhooks/deliveries?limit=1&cursor=" + next)
              .jsonPath();
      assertThat(second.getString("deliveries[0].type")).isEqualTo("task.executing");
      assertThat(second.getString("nextCursor")).isNull();
      String stranger = Tokens.of("stranger-" + story.buyer(), "buyer");
      as(stranger).get("/api/v1/webhooks/deliveries?cursor=" + next).then().statusCode(400);
      assertThat(as(stranger).get("/api/v1/webhooks/deliveries").jsonPath().getList("deliveries"))
          .isEmpty();
    }
  }

  private static String signingSecret(Story story) {
    return as(story.buyerToken())
        .get("/api/v1/webhooks/signing-secret")
        .jsonPath()
        .getString("secret");
  }
}
