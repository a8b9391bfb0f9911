package dev.earnest.messaging.api;

import static dev.earnest.messaging.Story.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.earnest.messaging.RealService;
import dev.earnest.messaging.SseClient;
import dev.earnest.messaging.SseClient.Sse;
import dev.earnest.messaging.Story;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestKafka;
import dev.earnest.testkit.Tokens;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RealService
class NotificationResourceTest {
  private static final String FEED = "/api/v1/notifications";
  private static final String STREAM = FEED + "/stream";

  @Test
  void eachPartyIsToldWhatItWantsToKnowAndNobodyWhatTheyDid() {
    Story story = new Story().created().assigned().heard(2);
    story.post(story.agentToken(), "On it");
    story.delivered().aside("escrow.events", "earnest.escrow.released.v1").heard(5);
    story.say("disputed", "DISPUTED").heard(6);

    assertThat(types(story.buyerToken()))
        .containsExactlyInAnyOrder(
            "task.assigned",
            "message.posted",
            "task.delivered",
            "escrow.released",
            "task.disputed");
    assertThat(types(story.agentToken()))
        .containsExactlyInAnyOrder("task.assigned", "escrow.released", "task.disputed");
    JsonPath newest = get(story.buyerToken(), FEED);
    assertThat(newest.getString("notifications[0].category")).isEqualTo("dispute");
    assertThat(newest.getString("notifications[0].title")).startsWith("In dispute: Build a REST");
    assertThat(newest.getString("notifications[0].taskId")).isEqualTo(story.task().toString());
    assertThat(newest.getBoolean("notifications[0].read")).isFalse();
    assertThat(newest.getString("notifications[0].createdAt")).endsWith("Z");
    JsonPath counts = get(story.buyerToken(), FEED + "/unread-count");
    assertThat(counts.getInt("unreadCount")).isEqualTo(5);
    assertThat(counts.<String, Integer>getMap("unread"))
        .isEqualTo(Map.of("task", 2, "payment", 1, "dispute", 1, "message", 1));
  }

  /// The next request on the connection would otherwise wait for the end of a stream.
  @Test
  void headOfAStreamEndsAtOnce() throws Exception {
    String token = new Story().buyerToken();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (String asked :
          List.of("HEAD " + STREAM, "GET " + FEED, "HEAD " + STREAM, "GET " + FEED)) {
        HttpRequest request =
            HttpRequest.newBuilder(
                    URI.create(
                        RestAssured.baseURI
                            + ":"
                            + RestAssured.port
                            + asked.substring(asked.indexOf(' ') + 1)))
                .method(asked.substring(0, asked.indexOf(' ')), HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(10))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
            .as(asked)
            .isEqualTo(200);
      }
    }
  }

  @Test
  void aJurorIsCalledWithoutAWordOfTheTask() {
    String juror = "juror-" + UUID.randomUUID();
    String called = Contracts.example("earnest.dispute.juror_called.v1").replace("juror-1", juror);
    TestKafka.publish(
        "dispute.events", UUID.randomUUID().toString(), "earnest.dispute.juror_called.v1", called);
    String token = Tokens.of(juror, "agent");
    await().atMost(Duration.ofSeconds(20)).until(() -> !types(token).isEmpty());
    JsonPath feed = get(token, FEED);
    assertThat(feed.getString("notifications[0].type")).isEqualTo("dispute.juror_called");
    assertThat(feed.getString("notifications[0].taskId")).isNull();
    assertThat(feed.getString("notifications[0].category")).isEqualTo("dispute");
  }

  @Test
  void whatIsReadIsNotUnreadAndStaysInTheFeed() {
    Story story = new Story().created().assigned().delivered().completed().heard(4);
    List<String> ids = get(story.buyerToken(), FEED).getList("notifications.id");
    assertThat(ids).hasSize(3);
    String other = Tokens.of("stranger", "buyer");
    read(other, ids).body("read", equalTo(0));
    read(story.buyerToken(), List.of(ids.get(0), ids.get(0), UUID.randomUUID().toString()))
        .body("read", equalTo(1), "unreadCount", equalTo(2));
    read(story.buyerToken(), List.of(ids.get(0))).body("read", equalTo(0));
    JsonPath unread = get(story.buyerToken(), FEED + "?unread=true");
    assertThat(unread.<String>getList("notifications.id")).isEqualTo(ids.subList(1, 3));
    as(story.buyerToken())
        .post(FEED + "/read-all")
        .then()
        .statusCode(200)
        .body("read", equalTo(2), "unreadCount", equalTo(0));
    assertThat(get(story.buyerToken(), FEED).<Boolean>getList("notifications.read"))
        .containsExactly(true, true, true);
    assertThat(get(story.agentToken(), FEED + "/unread-count").getInt("unreadCount")).isEqualTo(2);
  }

  @Test
  void pagesFollowEachOtherNewestFirst() {
    Story story = new Story().created().assigned().delivered().completed().heard(4);
    List<String> seen = new ArrayList<>();
    @Nullable String cursor = "";
    while (cursor != null) {
      JsonPath page =
          get(
              story.buyerToken(),
              FEED + "?limit=1" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      seen.addAll(page.getList("notifications.type"));
      cursor = page.getString("nextCursor");
    }
    assertThat(seen).containsExactly("task.completed", "task.delivered", "task.assigned");
  }

  @Test
  void streamTellsWhatIsNewAndGoesOnWhereItWasCut() {
    Story story = new Story().created().heard(1);
    String last;
    try (SseClient stream = SseClient.open(STREAM, story.buyerToken(), null)) {
      Sse first = stream.next(1).getFirst();
      assertThat(first.name()).isEqualTo("unread");
      assertThat(first.data()).isEqualTo("{\"unreadCount\":0}");
      last = first.id();
    }
    story.assigned().heard(2);
    try (SseClient stream = SseClient.open(STREAM, story.buyerToken(), last)) {
      assertThat(stream.next(1).getFirst().data()).contains("\"type\":\"task.assigned\"");
      story.delivered();
      Sse next = stream.next(1).getFirst();
      assertThat(next.name()).isEqualTo("notification");
      assertThat(next.data())
          .contains("\"type\":\"task.delivered\"", "\"category\":\"task\"", story.task() + "");
      last = next.id();
    }
    story.completed().heard(4);
    try (SseClient stream = SseClient.open(STREAM, story.buyerToken(), last)) {
      assertThat(stream.next(1).getFirst().data()).contains("task.completed");
    }
    try (SseClient stream = SseClient.open(STREAM, story.buyerToken(), "12")) {
      assertThat(stream.next(1).getFirst().data()).isEqualTo("{\"unreadCount\":3}");
    }
  }

  @Test
  void whatIsSwitchedOffIsNotTold() {
    Story story = new Story().created().heard(1);
    Map<String, Map<String, Boolean>> all = preferences(story.buyerToken());
    assertThat(all.keySet()).containsExactlyInAnyOrder("task", "payment", "dispute", "message");
    assertThat(all.values()).containsOnly(Map.of("feed", true, "webhook", true));

    put(story.buyerToken(), "{\"task\": {\"feed\": false}, \"message\": {\"webhook\": false}}");

    assertThat(preferences(story.buyerToken()))
        .containsEntry("task", Map.of("feed", false, "webhook", true))
        .containsEntry("message", Map.of("feed", true, "webhook", false))
        .containsEntry("payment", Map.of("feed", true, "webhook", true));
    try (SseClient stream = SseClient.open(STREAM, story.buyerToken(), null)) {
      stream.next(1);
      story.assigned().delivered().aside("escrow.events", "earnest.escrow.held.v1").heard(4);
      assertThat(stream.next(1).getFirst().data()).contains("escrow.held");
    }
    assertThat(types(story.buyerToken())).containsExactly("escrow.held");
    assertThat(types(story.agentToken())).containsExactly("task.assigned");
    put(story.buyerToken(), "{\"task\": {\"feed\": true}}");
    story.completed().heard(5);
    await().until(() -> types(story.buyerToken()).contains("task.completed"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"preferences\": null}",
        "{\"preferences\": {\"weather\": {\"feed\": false}}}",
        "{\"preferences\": {\"task\": {\"pigeon\": false}}}",
        "{\"preferences\": {\"task\": {\"feed\": null}}}",
        "{\"preferences\": {\"task\": {\"feed\": \"no\"}}}",
        "{\"preferences\": {\"task\": null}}",
        "{\"preferences\": []}",
        "[]",
      })
  void badPreferencesAreRefused(String body) {
    String token = Tokens.of("careless", "buyer");
    as(token)
        .contentType("application/json")
        .body(body)
        .put(FEED + "/preferences")
        .then()
        .statusCode(400);
    assertThat(preferences(token).values()).containsOnly(Map.of("feed", true, "webhook", true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"ids\": [\"x\"]}", "{\"ids\": [null]}", "{\"ids\": \"x\"}", "7"})
  void badIdsAreRefused(String body) {
    as(Tokens.of("careless", "buyer"))
        .contentType("application/json")
        .body(body)
        .post(FEED + "/read")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  @Test
  void nobodyIsToldWithoutAToken() {
    for (String path : List.of(FEED, STREAM, FEED + "/unread-count", FEED + "/preferences")) {
      given().get(path).then().statusCode(401).body("code", equalTo("unauthorized"));
    }
    as(Tokens.of("careless", "buyer"))
        .get(FEED + "?cursor=x")
        .then()
        .statusCode(400)
        .body("code", equalTo("bad_cursor"));
  }

  private static List<String> types(String token) {
    return get(token, FEED).getList("notifications.type");
  }

  private static Map<String, Map<String, Boolean>> preferences(String token) {
    return get(token, FEED + "/preferences").getMap("preferences");
  }

  private static void put(String token, String preferences) {
    as(token)
        .contentType("application/json")
        .body("{\"preferences\": " + preferences + "}")
        .put(FEED + "/preferences")
        .then()
        .statusCode(200)
        .body("success", equalTo(true));
  }

  private static ValidatableResponse read(String token, List<String> ids) {
    return as(token)
        .contentType("application/json")
        .body(Map.of("ids", ids))
        .post(FEED + "/read")
        .then()
        .statusCode(200);
  }

  private static JsonPath get(String token, String path) {
    return as(token).get(path).then().statusCode(200).extract().jsonPath();
  }
}
