package dev.earnest.messaging.api;

import static dev.earnest.messaging.Story.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.earnest.messaging.RealService;
import dev.earnest.messaging.Story;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestKafka;
import dev.earnest.testkit.TestRecord;
import dev.earnest.testkit.Tokens;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@RealService
class MessageResourceTest {
  private static final List<String> FIELDS =
      List.of("id", "taskId", "senderId", "senderRole", "content", "attachmentUrl", "createdAt");

  @Test
  void bothSidesReadWhatTheyWroteAtBothAddressesInTheDocumentedForm() {
    Story story = new Story().created().assigned().heard(2);
    JsonPath first =
        post(story, story.buyerToken(), "Can you add rate limiting?")
            .statusCode(201)
            .extract()
            .jsonPath();
    as(story.agentToken())
        .contentType("application/json")
        .body(Map.of("content", "Sure!\n\tHow many?", "attachmentUrl", "https://a.example/x.png"))
        .post(story.path("messages"))
        .then()
        .statusCode(201)
        .body("success", equalTo(true))
        .body("message.senderRole", equalTo("AGENT"));

    for (String token : List.of(story.buyerToken(), story.agentToken())) {
      for (String path : List.of(story.path("messages"), dashboard(story))) {
        JsonPath answer = get(token, path);
        assertThat(answer.getBoolean("success")).isTrue();
        assertThat(answer.<Map<String, ?>>getList("messages"))
            .allSatisfy(message -> assertThat(message.keySet()).isEqualTo(Set.copyOf(FIELDS)));
        assertThat(answer.getString("messages[0].id")).isEqualTo(first.getString("message.id"));
        assertThat(answer.getString("messages[0].taskId")).isEqualTo(story.task().toString());
        assertThat(answer.getString("messages[0].senderId")).isEqualTo(story.buyer());
        assertThat(answer.getString("messages[0].senderRole")).isEqualTo("BUYER");
        assertThat(answer.getString("messages[0].attachmentUrl")).isNull();
        assertThat(answer.getString("messages[1].senderId")).isEqualTo(story.agent().toString());
        assertThat(answer.getString("messages[1].content")).isEqualTo("Sure!\n\tHow many?");
        assertThat(answer.getString("messages[1].attachmentUrl"))
            .isEqualTo("https://a.example/x.png");
        assertThat(answer.getString("messages[1].createdAt")).endsWith("Z");
      }
    }
    assertThat(get(story.buyerToken(), story.path("timeline")).<String>getList("timeline.type"))
        .containsExactly("task.created", "task.assigned", "message.posted", "message.posted");
  }

  @Test
  void taskServiceIsToldAsTheContractSays() {
    Story story = new Story().created().heard(1);
    String id = post(story, story.buyerToken(), "PostgreSQL, please").extract().path("message.id");
    TestRecord told =
        TestKafka.await("message.events", story.task() + "", "earnest.message.posted.v1");
    Contracts.assertKept(told.type(), told.value());
    assertThat(JsonPath.from(told.value()).getString("messageId")).isEqualTo(id);
    assertThat(JsonPath.from(told.value()).getString("content")).isEqualTo("PostgreSQL, please");
  }

  @Test
  void inputThatCameAsAMessageIsShownOnceAndInputGivenElsewhereToo() {
    Story story = new Story().created().assigned();
    story.say("input_requested", "AWAITING_INPUT").heard(3);
    String id = post(story, story.buyerToken(), "MySQL").extract().path("message.id");
    story.say("input_given", "EXECUTING", event -> event.put("messageId", id)).heard(5);
    story.say("input_requested", "AWAITING_INPUT").say("input_given", "EXECUTING").heard(7);

    JsonPath answer = get(story.agentToken(), story.path("messages"));

    assertThat(answer.<String>getList("messages.content"))
        .containsExactly("Which database?", "MySQL", "Which database?", "PostgreSQL");
    assertThat(answer.<String>getList("messages.senderRole"))
        .containsExactly("AGENT", "BUYER", "AGENT", "BUYER");
  }

  @Test
  void oneKeyPostsOnce() {
    Story story = new Story().created().heard(1);
    String key = UUID.randomUUID().toString();
    List<String> ids =
        IntStream.range(0, 2)
            .mapToObj(_ ->
                as(story.buyerToken())
                    .header("Idempotency-Key", key)
                    .contentType("application/json")
                    .body(Map.of("content", "once"))
                    .post(dashboard(story))
                    .then()
                    .statusCode(201)
                    .extract()
                    .<String>path("message.id"))
            .toList();
    assertThat(ids.getFirst()).isEqualTo(ids.getLast());
    assertThat(get(story.buyerToken(), dashboard(story)).getList("messages")).hasSize(1);
  }

  @Test
  void conversationGoesOnAfterTheTasksEnd() {
    Story story = new Story().created().assigned().completed().heard(3);
    post(story, story.agentToken(), "Thank you").statusCode(201);
    assertThat(get(story.buyerToken(), dashboard(story)).<String>getList("messages.content"))
        .containsExactly("Thank you");
  }

  @Test
  void othersNeitherReadNorWrite() {
    Story story = new Story().created().assigned().heard(2);
    String stranger = Tokens.of("stranger", "buyer", "agent");
    post(story, stranger, "hello").statusCode(404).body("code", equalTo("not_found"));
    as(stranger).get(dashboard(story)).then().statusCode(404);
    as(stranger).post(dashboard(story) + "/read").then().statusCode(404);
    as(stranger).post(dashboard(story) + "/typing").then().statusCode(404);
    post(story, Tokens.of("root", "admin"), "hello").statusCode(403);
    as("nonsense").get(dashboard(story)).then().statusCode(401);
    assertThat(get(Tokens.of("root", "admin"), dashboard(story)).getList("messages")).isEmpty();
  }

  @Test
  void formerAgentHasNoPartInTheConversation() {
    Story story = new Story().created().assigned().heard(2);
    post(story, story.agentToken(), "On it");
    story.say("released", "PENDING", event -> story.withoutAgent(event)).heard(4);
    as(story.agentToken()).get(dashboard(story)).then().statusCode(404);
    post(story, story.agentToken(), "Still there?").statusCode(404);
    assertThat(get(story.agentToken(), "/api/v1/dashboard/messages").getList("conversations"))
        .isEmpty();
  }

  static List<String> badContents() {
    List<String> bad = new ArrayList<>(List.of("", " ", "\n\t", "x".repeat(10_001), "\u007f?"));
    IntStream.range(0, 32)
        .filter(c -> c != '\n' && c != '\t')
        .forEach(c -> bad.add("a" + (char) c + "b"));
    bad.add("a\u0085b");
    bad.add("half a pair: \ud83d");
    return bad;
  }

  @ParameterizedTest
  @MethodSource("badContents")
  void badContentIsRefusedAndNothingIsWritten(String content) {
    Story story = new Story().created().heard(1);
    as(story.buyerToken())
        .contentType("application/json")
        .body("{\"content\": " + escaped(content) + "}")
        .post(story.path("messages"))
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("validation_failed"), "errors[0].field", equalTo("content"));
    assertThat(get(story.buyerToken(), story.path("messages")).getList("messages")).isEmpty();
    assertThat(get(story.buyerToken(), story.path("timeline")).getList("timeline")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"content\": null}",
        "{\"content\": 7}",
        "{\"content\": [\"x\"]}",
        "{\"content\": \"x\", \"attachmentUrl\": \"javascript:alert(1)\"}",
        "{\"content\": \"x\", \"attachmentUrl\": \"x.png\"}",
        "{\"content\": \"x\", \"attachmentUrl\": \"\"}",
        "{\"content\": \"x\"",
        "[]",
        "",
      })
  void badBodyIsRefused(String body) {
    Story story = new Story().created().heard(1);
    as(story.buyerToken())
        .contentType("application/json")
        .body(body)
        .post(dashboard(story))
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
    assertThat(get(story.buyerToken(), dashboard(story)).getList("messages")).isEmpty();
  }

  @Test
  void tenThousandCharactersOfAnyPlaneAreAMessage() {
    Story story = new Story().created().heard(1);
    String long1 = "😀".repeat(10_000);
    post(story, story.buyerToken(), long1).statusCode(201);
    assertThat(get(story.buyerToken(), dashboard(story)).getString("messages[0].content"))
        .isEqualTo(long1);
  }

  @Test
  void pagesFollowEachOtherWithoutGap() {
    Story story = new Story().created().heard(1);
    IntStream.range(0, 7).forEach(i -> post(story, story.buyerToken(), "message " + i));
    List<String> seen = new ArrayList<>();
    @Nullable String cursor = "";
    while (cursor != null) {
      String query = "?limit=3" + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
      JsonPath page = get(story.buyerToken(), dashboard(story) + query);
      seen.addAll(page.getList("messages.content"));
      cursor = page.getString("nextCursor");
    }
    assertThat(seen).hasSize(7).isSorted();
    as(story.buyerToken())
        .get(dashboard(story) + "?cursor=x")
        .then()
        .statusCode(400)
        .body("code", equalTo("bad_cursor"));
  }

  @Test
  void unreadMessagesAreCountedUntilTheyAreMarkedAsRead() {
    Story story = new Story().created().assigned().heard(2);
    post(story, story.buyerToken(), "one");
    String two = post(story, story.buyerToken(), "two").extract().path("message.id");
    post(story, story.buyerToken(), "three");
    post(story, story.agentToken(), "four");
    assertUnread(story.agentToken(), 3);
    assertUnread(story.buyerToken(), 1);

    read(story, story.agentToken(), Map.of("messageId", two)).body("unreadCount", equalTo(1));
    assertUnread(story.agentToken(), 1);
    read(story, story.agentToken(), Map.of()).body("unreadCount", equalTo(0));
    read(story, story.agentToken(), Map.of("messageId", two)).body("unreadCount", equalTo(0));
    as(story.buyerToken()).post(dashboard(story) + "/read").then().statusCode(200);
    assertUnread(story.buyerToken(), 0);
    assertUnread(story.agentToken(), 0);
    as(story.agentToken())
        .contentType("application/json")
        .body(Map.of("messageId", UUID.randomUUID()))
        .post(dashboard(story) + "/read")
        .then()
        .statusCode(400);
  }

  @Test
  void conversationsAreListedTheOneThatMovedLastFirst() {
    Story one = new Story().created().heard(1);
    Story two = new Story().ofBuyer(one.buyer()).created().assigned().heard(2);
    Story silent = new Story().ofBuyer(one.buyer()).created().heard(1);
    post(one, one.buyerToken(), "first");
    post(two, two.buyerToken(), "second");
    post(one, one.buyerToken(), "third");

    JsonPath all = get(one.buyerToken(), "/api/v1/dashboard/messages");
    assertThat(all.<String>getList("conversations.taskId"))
        .containsExactly(one.task() + "", two.task() + "")
        .doesNotContain(silent.task() + "");
    assertThat(all.getString("conversations[0].lastMessage.content")).isEqualTo("third");
    assertThat(all.getString("conversations[1].agentId")).isEqualTo(two.agent() + "");
    JsonPath page = get(one.buyerToken(), "/api/v1/dashboard/messages?limit=1");
    String rest = "/api/v1/dashboard/messages?limit=1&cursor=" + page.getString("nextCursor");
    assertThat(get(one.buyerToken(), rest).<String>getList("conversations.taskId"))
        .containsExactly(two.task() + "");
  }

  @Test
  void whoJoinsLaterFindsWhatWasSaidBefore() {
    Story story = new Story().createdWithoutAgent().heard(1);
    post(story, story.buyerToken(), "for whoever comes");
    story.assigned().heard(3);
    await().untilAsserted(() -> assertUnread(story.agentToken(), 1));
  }

  @Test
  void searchFindsWordsInOwnConversationsOnly() {
    String word = "w" + UUID.randomUUID().toString().replace("-", "");
    Story mine = new Story().created().assigned().heard(2);
    Story others = new Story().created().heard(1);
    post(mine, mine.buyerToken(), "The " + word + " of rate limits");
    post(mine, mine.agentToken(), "Which limits?");
    post(others, others.buyerToken(), "Another " + word);

    assertFound(mine.buyerToken(), word, 1);
    assertFound(mine.agentToken(), word.toUpperCase(java.util.Locale.ROOT) + " limits", 1);
    assertFound(mine.buyerToken(), "limits", 2);
    assertFound(mine.buyerToken(), "\"rate limits\"", 1);
    assertFound(mine.buyerToken(), "limits -rate", 1);
    assertFound(mine.buyerToken(), word + " nothing", 0);
    assertFound(mine.buyerToken(), "'; DROP TABLE messages; --", 0);
    assertFound(Tokens.of("stranger", "buyer"), word, 0);
    for (String bad : List.of("", " ", "x".repeat(201))) {
      as(mine.buyerToken())
          .queryParam("q", bad)
          .get("/api/v1/dashboard/messages/search")
          .then()
          .statusCode(400);
    }
  }

  private static void assertFound(String token, String query, int count) {
    JsonPath answer =
        as(token)
            .queryParam("q", query)
            .get("/api/v1/dashboard/messages/search")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    assertThat(answer.getList("messages")).as(query).hasSize(count);
  }

  private static void assertUnread(String token, int count) {
    assertThat(get(token, "/api/v1/dashboard/messages").getInt("conversations[0].unreadCount"))
        .isEqualTo(count);
  }

  private static ValidatableResponse read(Story story, String token, Map<String, String> body) {
    return as(token)
        .contentType("application/json")
        .body(body)
        .post(dashboard(story) + "/read")
        .then()
        .statusCode(200);
  }

  private static ValidatableResponse post(Story story, String token, String content) {
    return story.post(token, content);
  }

  private static JsonPath get(String token, String path) {
    return as(token).get(path).then().statusCode(200).extract().jsonPath();
  }

  private static String dashboard(Story story) {
    return "/api/v1/dashboard/messages/" + story.task();
  }

  private static String escaped(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars().forEach(c -> json.append("\\u%04x".formatted(c)));
    return json.append('"').toString();
  }
}
