package dev.earnest.messaging;

import static dev.earnest.messaging.Story.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestKafka;
import dev.earnest.testkit.Tokens;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@RealService
class DeadLetterResourceTest {
  private static final String LETTERS = "/api/v1/admin/dead-letters";
  private static final String TOPIC = "dead.letters";
  private static final String REQUESTED = "earnest.dead_letter.replay_requested.v1";
  private static final String ADMIN = Tokens.of("admin-1", "admin");

  /// A service of the test's own, so that it sees no other's letters.
  private final String service = "service-" + UUID.randomUUID();

  private final String key = UUID.randomUUID().toString();

  @Test
  void letterIsShownAsItsServiceTellsIt() {
    String event = tell("it cannot");
    JsonPath list = list("").statusCode(200).extract().jsonPath();
    assertThat(list.getBoolean("success")).isTrue();
    assertThat(list.getString("deadLetters[0].state")).isEqualTo("PARKED");
    assertThat(list.getString("deadLetters[0].eventId")).isEqualTo(event);
    assertThat(list.getString("deadLetters[0].service")).isEqualTo(service);
    assertThat(list.getString("deadLetters[0].topic")).isEqualTo("task.events");
    assertThat(list.getString("deadLetters[0].key")).isEqualTo(key);
    assertThat(list.getString("deadLetters[0].type")).isEqualTo("earnest.task.created.v1");
    assertThat(list.getString("deadLetters[0].reason")).isEqualTo("it cannot");
    assertThat(list.getString("deadLetters[0].parkedAt")).isEqualTo("2026-03-11T10:30:05.000Z");
    assertThat(list.getInt("deadLetters[0].attempts")).isZero();
    assertThat(list.getString("deadLetters[0].data")).isNull();
    as(ADMIN)
        .get(LETTERS + "/" + id(0))
        .then()
        .statusCode(200)
        .body("deadLetter.data", equalTo("{}"));
  }

  @Test
  void listIsNewestFirstInPagesThatMissNothing() {
    List<String> told = IntStream.range(0, 5).mapToObj(n -> tell("reason " + n)).toList();
    List<String> seen = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      String after = cursor == null ? "" : "&cursor=" + cursor;
      JsonPath page = list("&limit=2" + after).statusCode(200).extract().jsonPath();
      seen.addAll(page.getList("deadLetters.eventId"));
      cursor = page.getString("nextCursor");
    } while (cursor != null);
    assertThat(seen).isEqualTo(told.reversed());
  }

  @Test
  void filtersNarrowTheList() {
    tell("Permission denied for table holds");
    tell("100% broken");
    list("&reason=permission").body("deadLetters", hasSize(1));
    list("&reason=100%25").body("deadLetters", hasSize(1));
    list("&topic=task.events").body("deadLetters", hasSize(2));
    list("&topic=escrow.events").body("deadLetters", hasSize(0));
    list("&state=parked").body("deadLetters", hasSize(2));
    list("&state=replayed").body("deadLetters", hasSize(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"limit=0", "limit=101", "limit=x", "cursor=x", "state=lost", "reason=%00"})
  void whatMakesNoSenseIsA400(String query) {
    as(ADMIN)
        .urlEncodingEnabled(false)
        .get(LETTERS + "?" + query)
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  @Test
  void filterThatIsTooLongIsA400() {
    as(ADMIN).get(LETTERS + "?topic=" + "t".repeat(200)).then().statusCode(200);
    as(ADMIN)
        .get(LETTERS + "?topic=" + "t".repeat(201))
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("topic"));
  }

  @Test
  void cursorOpensTheListItWasMadeForOnly() {
    tell("one");
    tell("two");
    String cursor = list("&limit=1").extract().jsonPath().getString("nextCursor");
    as(ADMIN)
        .get(LETTERS + "?cursor=" + cursor)
        .then()
        .statusCode(400)
        .body("code", equalTo("bad_cursor"));
  }

  @Test
  void replayGoesToTheServiceWhichTellsThatItSucceeded() {
    String event = tell("it cannot");
    String letter = id(0);
    replay(letter)
        .statusCode(202)
        .body("deadLetter.state", equalTo("REPLAYING"), "deadLetter.id", equalTo(letter));

    String request = TestKafka.await("dead.letter.replays", event, REQUESTED).value();
    Contracts.assertKept(REQUESTED, request);
    assertThat(JsonPath.from(request).getString("consumer")).isEqualTo(service);
    assertThat(JsonPath.from(request).getString("eventId")).isEqualTo(event);
    assertThat(JsonPath.from(request).getString("key")).isEqualTo(key);
    replay(letter).statusCode(409).body("code", equalTo("replay_under_way"));

    replayed(event, "null");
    awaitState(letter, "REPLAYED");
    as(ADMIN)
        .get(LETTERS + "/" + letter)
        .then()
        .body("deadLetter.attempts", equalTo(1))
        .body("deadLetter.replayedAt", equalTo("2026-03-11T11:00:00.000Z"))
        .body("deadLetter.refused", nullValue());
    replay(letter)
        .statusCode(409)
        .contentType("application/problem+json")
        .body("code", equalTo("already_replayed"), "state", equalTo("REPLAYED"));
  }

  @Test
  void replayThatFailedCanBeAskedForAgain() {
    String event = tell("it cannot");
    String letter = id(0);
    replay(letter).statusCode(202);
    failed(event, "it still cannot");
    awaitState(letter, "PARKED");
    list("")
        .body("deadLetters[0].reason", equalTo("it still cannot"))
        .body("deadLetters[0].attempts", equalTo(1));
    replay(letter).statusCode(202);
    TestKafka.await("dead.letter.replays", event, REQUESTED, 2);
    replayed(event, "\"wrong_state: It is over.\"");
    awaitState(letter, "REPLAYED");
    list("").body("deadLetters[0].refused", equalTo("wrong_state: It is over."));
    failed(event, "a late word");
    tell("the last");
    assertThat(state(letter)).isEqualTo("REPLAYED");
  }

  @Test
  void whatWaitsBehindAnotherIsRefusedUntilThatIsReplayed() {
    String first = tell("it cannot");
    tell("waits");
    String firstId = id(1);
    String secondId = id(0);
    replay(secondId)
        .statusCode(409)
        .body("code", equalTo("waits_behind_another"), "state", equalTo("PARKED"));
    replay(firstId).statusCode(202);
    replay(secondId).statusCode(409);
    replayed(first, "null");
    awaitState(firstId, "REPLAYED");
    replay(secondId).statusCode(202);
  }

  @Test
  void replayWithoutAnAnswerMayBeAskedForAgain() throws SQLException {
    tell("it cannot");
    String letter = id(0);
    replay(letter).statusCode(202);
    replay(letter).statusCode(409);
    TestDatabase.alter(
        "UPDATE parked_events SET asked_at = asked_at - interval '10 minutes' WHERE id = '%s'"
            .formatted(letter));
    replay(letter).statusCode(202);
  }

  @Test
  void ofManyReplaysAtOnceOneIsTaken() throws Exception {
    String event = tell("it cannot");
    String letter = id(0);
    Callable<Integer> replay = () -> replay(letter).extract().statusCode();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Integer> answers = new ArrayList<>();
      for (Future<Integer> one :
          threads.invokeAll(IntStream.range(0, 8).mapToObj(_ -> replay).toList())) {
        answers.add(one.get());
      }
      assertThat(answers).containsOnlyOnce(202);
      assertThat(answers.stream().filter(status -> status == 409)).hasSize(7);
    }
    replayed(event, "null");
    awaitState(letter, "REPLAYED");
    assertThat(TestKafka.records("dead.letter.replays", event)).hasSize(1);
  }

  @Test
  void newsThatComeTwiceAreOneLetter() {
    String event = tell("it cannot");
    TestKafka.publish(TOPIC, key, "earnest.dead_letter.parked.v1", parked(event, "again"));
    tell("the last");
    list("").body("deadLetters", hasSize(2)).body("deadLetters[1].reason", equalTo("it cannot"));
  }

  @ParameterizedTest
  @CsvSource({"/0199f1b0-0000-7abc-8def-0123456789ab", "/x"})
  void whatDoesNotExistIsA404(String path) {
    as(ADMIN).get(LETTERS + path).then().statusCode(404);
    as(ADMIN)
        .post(LETTERS + path + "/replay")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("code", equalTo("not_found"));
  }

  @Test
  void onlyAdminsSeeAndReplay() {
    tell("it cannot");
    String letter = LETTERS + "/" + id(0);
    for (String role : List.of("buyer", "agent")) {
      String token = Tokens.of("somebody", role);
      as(token).get(LETTERS).then().statusCode(403);
      as(token).get(letter).then().statusCode(403);
      as(token).post(letter + "/replay").then().statusCode(403);
    }
    assertThat(state(id(0))).isEqualTo("PARKED");
  }

  /// This service parks as every other does, sees its own letters, and tries them again.
  @Test
  void whatThisServiceCannotHandleIsSeenAndFailsAgain() {
    TestKafka.publish("task.events", key, "earnest.task.created.v2", "{}");
    String query = "?service=messaging-service&reason=UnknownVersion";
    patiently().until(() -> mine(query).getList("deadLetters.key").contains(key));
    String letter = mine(query).getString("deadLetters.find { it.key == '" + key + "' }.id");
    replay(letter).statusCode(202);
    patiently().until(() -> attempts(letter) == 1);
    assertThat(state(letter)).isEqualTo("PARKED");
  }

  /// Its own news have a key of their own, or they would wait behind it.
  @Test
  void recordThatIsNoLetterAmongTheLettersIsSeenLikeAnyOther() {
    TestKafka.publish(TOPIC, key, "nonsense.v3", "{}");
    String query = "?service=messaging-service&topic=dead.letters";
    patiently().until(() -> mine(query).getList("deadLetters.key").contains(key));
  }

  @Test
  void deletedTaskTakesTheDataAlong() {
    Story story = new Story().created().heard(1);
    String task = story.task().toString();
    tell("before", task);
    story.say("deleted", "CANCELLED");
    patiently().until(() -> data(id(0)) == null);
    tell("after", task);
    assertThat(data(id(0))).isNull();
    assertThat(state(id(0))).isEqualTo("PARKED");
  }

  private String tell(String reason) {
    return tell(reason, key);
  }

  /// Parks an event of a key; returns when it is shown.
  private String tell(String reason, String of) {
    String event = UUID.randomUUID().toString();
    TestKafka.publish(
        TOPIC, of, "earnest.dead_letter.parked.v1", parked(event, reason).replace(key, of));
    patiently()
        .until(() -> list("").extract().jsonPath().getList("deadLetters.eventId").contains(event));
    return event;
  }

  private String parked(String event, String reason) {
    return example("parked", event)
        .replace("UncheckedIOException: not of the expected shape", reason);
  }

  private void replayed(String event, String refused) {
    String type = "earnest.dead_letter.replayed.v1";
    TestKafka.publish(
        TOPIC,
        key,
        type,
        example("replayed", event).replace("\"refused\": null", "\"refused\": " + refused));
  }

  private void failed(String event, String reason) {
    String json =
        example("replay_failed", event)
            .replace("PSQLException: permission denied for table holds", reason);
    TestKafka.publish(TOPIC, key, "earnest.dead_letter.replay_failed.v1", json);
  }

  private String example(String what, String event) {
    return Contracts.example("earnest.dead_letter." + what + ".v1")
        .replace("escrow-service", service)
        .replace("0199f1b0-0000-7abc-8def-0123456789ab", event)
        .replace("0199f1c2-7a00-7c3e-9b11-2f6a5d3c8e01", key);
  }

  private ValidatableResponse list(String more) {
    return as(ADMIN).urlEncodingEnabled(false).get(LETTERS + "?service=" + service + more).then();
  }

  private static JsonPath mine(String query) {
    return as(ADMIN).get(LETTERS + query).then().statusCode(200).extract().jsonPath();
  }

  private String id(int place) {
    return list("").extract().jsonPath().getString("deadLetters[" + place + "].id");
  }

  private static ValidatableResponse replay(String letter) {
    return as(ADMIN).post(LETTERS + "/" + letter + "/replay").then();
  }

  private static JsonPath letter(String id) {
    return as(ADMIN).get(LETTERS + "/" + id).then().statusCode(200).extract().jsonPath();
  }

  private static String state(String letter) {
    return letter(letter).getString("deadLetter.state");
  }

  private static int attempts(String letter) {
    return letter(letter).getInt("deadLetter.attempts");
  }

  private static @Nullable String data(String letter) {
    return letter(letter).getString("deadLetter.data");
  }

  private static void awaitState(String letter, String state) {
    patiently().until(() -> state(letter), state::equals);
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(20));
  }
}
