package dev.earnest.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.testkit.Tokens;
import dev.earnest.testkit.WebhookReceiver;
import dev.earnest.testkit.WebhookReceiver.Answer;
import dev.earnest.testkit.WebhookReceiver.Received;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Who is told what, and in which words.
@RealService
class WebhookTypesTest {
  private static final String TEAM = "0199f1c0-5500-7a5b-8c22-1e2d3c4b5a69";

  @Test
  void subscriptionOfTheBuyerHearsTheWholeLife() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      Story story = new Story();
      JsonPath made = Hooks.subscribe(story.buyerToken(), receiver.url());
      story.created().heard(1).paid("held").heard(2).assigned().progressed(5, "on it");
      story.delivered().completed().heard(6).paid("released");

      List<Received> received = receiver.await(8);

      assertThat(received)
          .extracting(Hooks::type)
          .containsExactly(
              "task.created",
              "payment.held",
              "task.assigned",
              "task.executing",
              "task.updated",
              "task.delivered",
              "task.completed",
              "payment.released");
      received.forEach(one -> Hooks.assertVerifies(one, made.getString("secret")));
    }
  }

  @Test
  void subscriptionHearsOnlyWhatItAsksFor() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      Story story = new Story();
      String events = "{\"url\": \"%s\", \"events\": [\"payment.*\", \"task.completed\"]}";
      Hooks.subscribe(story.buyerToken(), events.formatted(receiver.url()), 201);
      story.created().assigned().delivered().completed().heard(4).paid("released");
      List<Received> received = receiver.await(2);
      assertThat(received)
          .extracting(Hooks::type)
          .containsExactly("task.completed", "payment.released");
      JsonPath payment = JsonPath.from(received.getLast().body());
      assertThat(payment.getString("data.task.id")).isEqualTo(story.task().toString());
      assertThat(payment.getString("data.task.status")).isEqualTo("COMPLETED");
      assertThat(payment.getDouble("data.payment.net")).isEqualTo(47.5);
      assertThat(payment.getMap("data.payment")).doesNotContainKey("taskId");
    }
  }

  @Test
  void whatTheBuyerLacksIsTheBuyersAlone() {
    try (WebhookReceiver buyers = new WebhookReceiver();
        WebhookReceiver agents = new WebhookReceiver()) {
      Story story = new Story();
      Hooks.subscribe(story.buyerToken(), buyers.url());
      Hooks.subscribe(story.agentToken(), agents.url());
      story.created().heard(1).paid("refused").heard(2).say("cancelled", "CANCELLED");
      assertThat(buyers.await(3))
          .extracting(Hooks::type)
          .containsExactly("task.created", "payment.refused", "task.cancelled");
      assertThat(agents.await(2))
          .extracting(Hooks::type)
          .containsExactly("task.created", "task.cancelled");
    }
  }

  @Test
  void paymentIsToldAlsoWhereTheTaskIsNotKnownYet() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      Story story = new Story();
      Hooks.subscribe(story.buyerToken(), receiver.url());
      story.paid("held");
      JsonPath body = JsonPath.from(receiver.await(1).getFirst().body());
      assertThat(body.getString("type")).isEqualTo("payment.held");
      assertThat(body.getString("data.task.id")).isEqualTo(story.task().toString());
      assertThat(body.getString("data.agent")).isNull();
    }
  }

  @Test
  void strangersHearNothingAndFollowersAll() {
    try (WebhookReceiver strangers = new WebhookReceiver();
        WebhookReceiver followers = new WebhookReceiver()) {
      Story story = new Story();
      String follower = "follower-" + UUID.randomUUID();
      Hooks.subscribe(Tokens.of("stranger-" + follower, "buyer", "admin"), strangers.url());
      Hooks.subscribe(Tokens.of(follower, "buyer"), followers.url());
      story.say("created", "PENDING", event -> event.withArray("/task/followers").add(follower));
      assertThat(Hooks.type(followers.await(1).getFirst())).isEqualTo("task.created");
      assertThat(strangers.received()).isEmpty();
    }
  }

  @Test
  void taskOfATeamsBoardIsToldInItsWords() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      Story story = new Story().onBoardOf(TEAM);
      Hooks.subscribe(story.buyerToken(), receiver.url());
      story.created();
      story.say("assigned", "EXECUTING", event -> event.put("how", "CLAIMED"));
      story.completedWith("Revenue grew 15%");

      List<Received> received = receiver.await(6);

      assertThat(received)
          .extracting(Hooks::type)
          .containsExactly(
              "task.created",
              "task.claimed",
              "task.executing",
              "task.moved",
              "task.completed",
              "task.moved");
      JsonPath done = JsonPath.from(received.get(4).body());
      assertThat(done.getString("event")).isEqualTo("task.completed");
      assertThat(done.getString("teamId")).isEqualTo(TEAM);
      assertThat(done.getString("timestamp")).endsWith("Z");
      assertThat(done.getString("data.task.status")).isEqualTo("done");
      assertThat(done.getString("data.task.state")).isEqualTo("COMPLETED");
      assertThat(done.getString("data.task.result")).isEqualTo("Revenue grew 15%");
      assertThat(done.getString("data.task.assignedAgentId")).isEqualTo(story.agent().toString());
      assertThat(done.getString("data.agent.id")).isEqualTo(story.agent().toString());
    }
  }

  @Test
  void otherTasksHaveNoEventAndNoTeam() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      new Story().callback(receiver.url()).created().assigned();
      JsonPath body = JsonPath.from(receiver.await(1).getFirst().body());
      assertThat(body.getMap("")).containsOnlyKeys("type", "timestamp", "data");
    }
  }

  @Test
  void callbackCarriesWhatAClientOfTheAgentQueueReads() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      Story story = new Story().callback(receiver.url()).created().assigned();
      story.completedWith("the answer");
      List<Received> received = receiver.await(2);
      JsonPath running = JsonPath.from(received.getFirst().body());
      assertThat(running.getString("data.status")).isEqualTo("running");
      JsonPath done = JsonPath.from(received.getLast().body());
      assertThat(done.getString("data.task_id")).isEqualTo(story.task().toString());
      assertThat(done.getString("data.status")).isEqualTo("completed");
      assertThat(done.getString("data.result")).isEqualTo("the answer");
      assertThat(done.getString("data.completed_at")).endsWith("Z");
      assertThat(done.getString("data.error")).isNull();
    }
  }

  @Test
  void failureIsToldToAClientOfTheAgentQueueWithItsReason() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      Story story = new Story().callback(receiver.url()).created();
      story.say("failed", "FAILED", event -> event.put("reason", "timeout"));
      JsonPath failed = JsonPath.from(receiver.await(1).getFirst().body());
      assertThat(failed.getString("data.status")).isEqualTo("failed");
      assertThat(failed.getString("data.error")).isEqualTo("timeout");
      assertThat(failed.getString("data.task.status")).isEqualTo("FAILED");
    }
  }

  @Test
  void agentsAddressHearsWhatConcernsItsWork() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      Story story = new Story().agentWantsWebhooks(receiver.url(), null).agentKnown();
      story.created().heard(1).paid("held").heard(2).assigned().progressed(5, "on it");
      story.say("put_on_hold", "ON_HOLD").say("resumed", "EXECUTING").completed().heard(7);
      story.paid("released");
      assertThat(receiver.await(6))
          .extracting(Hooks::type)
          .containsExactly(
              "payment.held",
              "task.assigned",
              "task.updated",
              "task.updated",
              "task.completed",
              "payment.released");
      JsonPath work = JsonPath.from(receiver.received().get(1).body());
      assertThat(work.getString("data.task.description")).startsWith("Create a Node.js REST API");
      assertThat(work.getString("data.task.category")).isEqualTo("CODING");
      assertThat(work.getString("data.task.how")).isEqualTo("DIRECT");
      JsonPath held = JsonPath.from(receiver.received().get(2).body());
      assertThat(held.getString("data.task.change")).isEqualTo("put_on_hold");
    }
  }

  @Test
  void messageIsToldToTheOtherSidesAddressAndToSubscriptions() {
    try (WebhookReceiver agents = new WebhookReceiver();
        WebhookReceiver subscribed = new WebhookReceiver()) {
      Story story = new Story().agentWantsWebhooks(agents.url(), null).agentKnown();
      story.created().assigned().heard(2);
      String only = "{\"url\": \"%s\", \"events\": [\"message.created\"]}";
      Hooks.subscribe(story.buyerToken(), only.formatted(subscribed.url()), 201);
      say(story, story.buyerToken(), "Any news?");
      say(story, story.agentToken(), "Nearly done.");

      List<Received> received = subscribed.await(2);

      JsonPath first = JsonPath.from(received.getFirst().body());
      assertThat(first.getString("type")).isEqualTo("message.created");
      assertThat(first.getString("data.message.content")).isEqualTo("Any news?");
      assertThat(first.getString("data.message.senderRole")).isEqualTo("BUYER");
      assertThat(first.getString("data.task.id")).isEqualTo(story.task().toString());
      assertThat(JsonPath.from(received.getLast().body()).getString("data.message.content"))
          .isEqualTo("Nearly done.");
      assertThat(agents.await(2))
          .extracting(Hooks::type)
          .containsExactly("task.assigned", "message.created");
    }
  }

  private static void say(Story story, String token, String content) {
    Story.as(token)
        .contentType(ContentType.JSON)
        .body("{\"content\": \"%s\"}".formatted(content))
        .post(story.path("messages"))
        .then()
        .statusCode(201);
  }

  @Test
  void whoWantsNoPaymentsByWebhookGetsNoneAndTheRest() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      Story story = new Story();
      Hooks.subscribe(story.buyerToken(), receiver.url());
      Story.as(story.buyerToken())
          .contentType(ContentType.JSON)
          .body("{\"preferences\": {\"payment\": {\"webhook\": false}}}")
          .put("/api/v1/notifications/preferences")
          .then()
          .statusCode(200);
      story.created().heard(1).paid("held").heard(2).say("cancelled", "CANCELLED");
      assertThat(receiver.await(2))
          .extracting(Hooks::type)
          .containsExactly("task.created", "task.cancelled");
    }
  }

  @Test
  void ownerOfAnAddressThatIsGoneIsNotified() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      receiver.answer(Answer.status(410));
      Story story = new Story().callback(receiver.url()).assigned();
      story.awaitDelivery("FAILED");
      JsonPath feed = Story.as(story.buyerToken()).get("/api/v1/notifications").jsonPath();
      assertThat(feed.<String>getList("notifications.type")).contains("webhook.disabled");
      assertThat(feed.<String>getList("notifications.title"))
          .contains("Webhooks to 127.0.0.1 are stopped: it wants no more.");
    }
  }
}
