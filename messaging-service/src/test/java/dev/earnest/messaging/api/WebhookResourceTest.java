package dev.earnest.messaging.api;

import static dev.earnest.messaging.Story.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.earnest.messaging.Hooks;
import dev.earnest.messaging.RealService;
import dev.earnest.messaging.Story;
import dev.earnest.testkit.TestClock;
import dev.earnest.testkit.Tokens;
import dev.earnest.testkit.WebhookReceiver;
import dev.earnest.testkit.WebhookReceiver.Answer;
import dev.earnest.testkit.WebhookReceiver.Received;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@RealService
class WebhookResourceTest {
  private final String owner = "owner-" + UUID.randomUUID();
  private final String token = Tokens.of(owner, "buyer");

  @Test
  void secretIsShownOnceAndTheRestAgain() {
    JsonPath made =
        Hooks.subscribe(
            token,
            """
            {"url": "https://buyer.example/hook", "events": ["task.completed", "payment.*"]}
            """,
            201);
    String id = made.getString("webhook.id");
    assertThat(made.getString("secret")).startsWith("whsec_");
    assertThat(made.getString("webhook.secret")).isEqualTo(made.getString("secret"));
    JsonPath seen = Hooks.get(token, id);
    assertThat(seen.getBoolean("success")).isTrue();
    assertThat(seen.getString("webhook.url")).isEqualTo("https://buyer.example/hook");
    assertThat(seen.getList("webhook.events")).containsExactly("payment.*", "task.completed");
    assertThat(seen.getBoolean("webhook.enabled")).isTrue();
    assertThat(seen.getString("webhook.kind")).isEqualTo("subscription");
    assertThat(seen.getMap("webhook")).doesNotContainKey("secret");
    assertThat(as(token).get(Hooks.PATH).asString()).doesNotContain("whsec_").contains(id);
  }

  @Test
  void listHasPages() {
    for (int i = 0; i < 3; i++) {
      Hooks.subscribe(token, "https://buyer.example/" + i);
    }
    JsonPath first = as(token).get(Hooks.PATH + "?limit=2").jsonPath();
    assertThat(first.<String>getList("webhooks.url"))
        .containsExactly("https://buyer.example/2", "https://buyer.example/1");
    String next = first.getString("nextCursor");
    JsonPath second = as(token).get(Hooks.PATH + "?limit=2&cursor=" + next).jsonPath();
    assertThat(second.<String>getList("webhooks.url")).containsExactly("https://buyer.example/0");
    assertThat(second.getString("nextCursor")).isNull();
    as(token).get(Hooks.PATH + "?kind=agent&cursor=" + next).then().statusCode(400);
    as(token).get(Hooks.PATH + "?kind=stranger").then().statusCode(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://buyer.example/",
        "http://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::ffff:169.254.169.254]/",
        "https://[64:ff9b::a9fe:a9fe]/",
        "https://2852039166/",
        "https://0251.0376.0251.0376/",
        "https://0xa9fea9fe/",
        "https://user:secret@buyer.example/",
        "https://buyer.example:22/",
        "https://[fd00:ec2::254]/",
        "not a url"
      })
  void forbiddenAddressIsRefused(String url) {
    JsonPath problem = Hooks.subscribe(token, "{\"url\": \"" + url + "\"}", 422);
    assertThat(problem.getString("code")).isEqualTo("webhook_url_forbidden");
    assertThat(as(token).get(Hooks.PATH).jsonPath().getList("webhooks")).isEmpty();
    String good = Hooks.subscribe(token, "https://buyer.example/").getString("webhook.id");
    Hooks.patch(token, good, "{\"url\": \"" + url + "\"}", 422);
    assertThat(Hooks.get(token, good).getString("webhook.url")).isEqualTo("https://buyer.example/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"url\": null}",
        "{\"url\": \" \"}",
        "{\"url\": 7, \"events\": {}}",
        "{\"url\": \"https://buyer.example/\", \"events\": [\"task.eaten\"]}",
        "{\"url\": \"https://buyer.example/\", \"events\": [null]}",
        "{\"url\": \"https://buyer.example/\", \"events\": \"task.created\"}",
        "{\"url\": \"https://buyer.example/\", \"events\": [\"payment.\"]}",
        "[]",
        "null",
        "{"
      })
  void whatMakesNoSenseIsRefused(String body) {
    Hooks.subscribe(token, body, 400);
    assertThat(as(token).get(Hooks.PATH).jsonPath().getList("webhooks")).isEmpty();
  }

  @Test
  void othersDoNotExist() {
    String id = Hooks.subscribe(token, "https://buyer.example/").getString("webhook.id");
    String stranger = Tokens.of("stranger-" + owner, "buyer", "admin");
    String path = Hooks.PATH + "/" + id;
    as(stranger).get(path).then().statusCode(404);
    as(stranger).delete(path).then().statusCode(404);
    as(stranger).post(path + "/rotate-secret").then().statusCode(404);
    as(stranger).post(path + "/test").then().statusCode(404);
    Hooks.patch(stranger, id, "{\"enabled\": false}", 404);
    assertThat(as(stranger).get(Hooks.PATH).jsonPath().getList("webhooks")).isEmpty();
    as(token).get(Hooks.PATH + "/none").then().statusCode(404);
    as(token).get(Hooks.PATH + "/" + UUID.randomUUID()).then().statusCode(404);
    io.restassured.RestAssured.get(path).then().statusCode(401);
    assertThat(Hooks.get(token, id).getBoolean("webhook.enabled")).isTrue();
  }

  @Test
  void thereIsAnEndToHowManyThereMayBe() {
    for (int i = 0; i < 50; i++) {
      Hooks.subscribe(token, "https://buyer.example/" + i);
    }
    JsonPath problem = Hooks.subscribe(token, "{\"url\": \"https://buyer.example/\"}", 409);
    assertThat(problem.getString("code")).isEqualTo("too_many_webhooks");
  }

  @Test
  void sameKeyMakesOneWebhookAndGivesItsSecretAgain() {
    String key = UUID.randomUUID().toString();
    String first = keyed(key);
    assertThat(keyed(key)).isEqualTo(first);
    assertThat(as(token).get(Hooks.PATH).jsonPath().getList("webhooks")).hasSize(1);
  }

  private String keyed(String key) {
    return as(token)
        .header("Idempotency-Key", key)
        .contentType(ContentType.JSON)
        .body("{\"url\": \"https://buyer.example/\"}")
        .post(Hooks.PATH)
        .then()
        .statusCode(201)
        .extract()
        .path("secret");
  }

  @Test
  void testIsSentSignedAndLogged() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      JsonPath made = Hooks.subscribe(token, receiver.url());
      String id = made.getString("webhook.id");
      String delivery = test(id);
      Received received = receiver.await(1).getFirst();
      assertThat(Hooks.type(received)).isEqualTo("webhook.test");
      assertThat(received.headers()).containsEntry("webhook-id", delivery);
      Hooks.assertVerifies(received, made.getString("secret"));
      awaitState(delivery, "DELIVERED");
      as(token)
          .get(Hooks.PATH + "/deliveries/" + delivery)
          .then()
          .statusCode(200)
          .body("delivery.webhookId", equalTo(id))
          .body("delivery.payload.type", equalTo("webhook.test"))
          .body("delivery.attempts[0].statusCode", equalTo(200));
    }
  }

  @Test
  void bothSecretsSignForADayAfterRotation() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      JsonPath made = Hooks.subscribe(token, receiver.url());
      String id = made.getString("webhook.id");
      String before = made.getString("secret");
      String after =
          as(token).post(Hooks.PATH + "/" + id + "/rotate-secret").jsonPath().getString("secret");
      assertThat(after).startsWith("whsec_").isNotEqualTo(before);
      test(id);
      Received during = receiver.await(1).getFirst();
      Hooks.assertVerifies(during, before);
      Hooks.assertVerifies(during, after);
      TestClock.advance(Duration.ofHours(24));
      test(id);
      Received later = receiver.await(2).getLast();
      Hooks.assertVerifies(later, after);
      Hooks.assertDoesNotVerify(later, before);
    }
  }

  @Test
  void signingSecretRotatesWithBothValidToo() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      Story story = new Story().callback(receiver.url());
      String path = Hooks.PATH + "/signing-secret";
      String before = as(story.buyerToken()).get(path).jsonPath().getString("secret");
      String after =
          as(story.buyerToken()).post(path + "/rotate-secret").jsonPath().getString("secret");
      assertThat(as(story.buyerToken()).get(path).jsonPath().getString("secret")).isEqualTo(after);
      story.created().assigned();
      Received during = receiver.await(1).getFirst();
      Hooks.assertVerifies(during, before);
      Hooks.assertVerifies(during, after);
    }
  }

  @Test
  void replaySendsTheSameDeliveryOnceMore() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      String id = Hooks.subscribe(token, receiver.url()).getString("webhook.id");
      String delivery = test(id);
      awaitState(delivery, "DELIVERED");
      as(token)
          .post(Hooks.PATH + "/deliveries/" + delivery + "/replay")
          .then()
          .statusCode(202)
          .body("delivery.state", equalTo("PENDING"));
      List<Received> received = receiver.await(2);
      assertThat(received.get(1).body()).isEqualTo(received.get(0).body());
      assertThat(received.get(1).headers()).containsEntry("webhook-id", delivery);
      awaitState(delivery, "DELIVERED");
      assertThat(log(delivery).getList("delivery.attempts")).hasSize(2);
      String stranger = Tokens.of("stranger-" + owner, "admin");
      as(stranger).post(Hooks.PATH + "/deliveries/" + delivery + "/replay").then().statusCode(404);
    }
  }

  @Test
  void replayOfOneThatWaitsForItsNextAttemptIsSentAtOnce() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      receiver.answer(Answer.status(500));
      String id = Hooks.subscribe(token, receiver.url()).getString("webhook.id");
      String delivery = test(id);
      await().until(() -> log(delivery).getList("delivery.attempts").size() == 1);
      as(token).post(Hooks.PATH + "/deliveries/" + delivery + "/replay").then().statusCode(202);
      awaitState(delivery, "DELIVERED");
    }
  }

  @Test
  void disabledWebhookIsToldNothingUntilItIsEnabledAgain() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      Story story = new Story();
      String id = Hooks.subscribe(story.buyerToken(), receiver.url()).getString("webhook.id");
      JsonPath disabled = Hooks.patch(story.buyerToken(), id, "{\"enabled\": false}", 200);
      assertThat(disabled.getString("webhook.disabledReason")).isEqualTo("owner");
      as(story.buyerToken())
          .post(Hooks.PATH + "/" + id + "/test")
          .then()
          .statusCode(409)
          .body("code", equalTo("webhook_disabled"));
      story.created().heard(1);
      Hooks.patch(story.buyerToken(), id, "{\"enabled\": true}", 200);
      story.progressed(5, "on it");
      assertThat(Hooks.type(receiver.await(1).getFirst())).isEqualTo("task.updated");
      assertThat(receiver.received()).hasSize(1);
    }
  }

  @Test
  void changedAddressAndEventsCountFromThenOn() {
    try (WebhookReceiver before = new WebhookReceiver();
        WebhookReceiver after = new WebhookReceiver()) {
      Story story = new Story();
      String id = Hooks.subscribe(story.buyerToken(), before.url()).getString("webhook.id");
      story.created();
      before.await(1);
      String change = "{\"url\": \"%s\", \"events\": [\"task.delivered\"]}".formatted(after.url());
      Hooks.patch(story.buyerToken(), id, change, 200);
      story.assigned().delivered();
      assertThat(Hooks.type(after.await(1).getFirst())).isEqualTo("task.delivered");
      assertThat(before.received()).hasSize(1);
      Hooks.patch(story.buyerToken(), id, "{\"events\": [\"task.eaten\"]}", 400);
      Hooks.patch(story.buyerToken(), id, "{\"enabled\": \"perhaps\"}", 400);
    }
  }

  @Test
  void deletedWebhookIsGoneAndItsLogStays() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      String id = Hooks.subscribe(token, receiver.url()).getString("webhook.id");
      String delivery = test(id);
      awaitState(delivery, "DELIVERED");
      as(token).delete(Hooks.PATH + "/" + id).then().statusCode(200).body("success", equalTo(true));
      as(token).get(Hooks.PATH + "/" + id).then().statusCode(404);
      as(token).delete(Hooks.PATH + "/" + id).then().statusCode(404);
      assertThat(log(delivery).getString("delivery.state")).isEqualTo("DELIVERED");
      as(token)
          .post(Hooks.PATH + "/deliveries/" + delivery + "/replay")
          .then()
          .statusCode(409)
          .body("code", equalTo("webhook_disabled"));
    }
  }

  @Test
  void callbackAddressOfATaskCanBeSeenAndEnabledButNotChanged() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      receiver.answer(Answer.status(410));
      Story story = new Story().callback(receiver.url()).created().assigned();
      story.awaitDelivery("FAILED");
      JsonPath list = as(story.buyerToken()).get(Hooks.PATH + "?kind=callback").jsonPath();
      String id = list.getString("webhooks[0].id");
      assertThat(list.getBoolean("webhooks[0].enabled")).isFalse();
      assertThat(list.getString("webhooks[0].disabledReason")).isEqualTo("gone");
      Hooks.patch(story.buyerToken(), id, "{\"events\": [\"*\"]}", 409);
      as(story.buyerToken())
          .delete(Hooks.PATH + "/" + id)
          .then()
          .statusCode(409)
          .body("code", equalTo("not_a_subscription"));
      Hooks.patch(story.buyerToken(), id, "{\"enabled\": true}", 200);
      story.delivered();
      assertThat(Hooks.type(receiver.await(2).getLast())).isEqualTo("task.delivered");
    }
  }

  @ParameterizedTest
  @CsvSource({"webhookId=x", "taskId=1", "cursor=abc", "limit=0"})
  void badQueryOfTheLogIsRefused(String query) {
    as(token)
        .get(Hooks.PATH + "/deliveries?" + query)
        .then()
        .statusCode(400)
        .contentType(startsWith("application/problem+json"));
  }

  private String test(String id) {
    return as(token)
        .post(Hooks.PATH + "/" + id + "/test")
        .then()
        .statusCode(202)
        .extract()
        .path("delivery.id");
  }

  private JsonPath log(String delivery) {
    return as(token).get(Hooks.PATH + "/deliveries/" + delivery).jsonPath();
  }

  private void awaitState(String delivery, String state) {
    await().until(() -> log(delivery).getString("delivery.state").equals(state));
  }
}
