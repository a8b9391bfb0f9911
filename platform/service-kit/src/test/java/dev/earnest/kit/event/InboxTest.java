package dev.earnest.kit.event;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earnest.kit.KitTest;
import dev.earnest.kit.probe.Noted;
import dev.earnest.kit.probe.Tables;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestKafka;
import dev.earnest.testkit.TestRecord;
import dev.earnest.testkit.Tokens;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@KitTest
class InboxTest {
  private static final String PARKED = "earnest.dead_letter.parked.v1";

  @Inject Tables tables;

  @Test
  void eventsHaveTheirEffectInOrder() {
    String key = newKey();
    IntStream.rangeClosed(1, 20).forEach(number -> publish(key, number, "handle"));
    awaitEffects(key, IntStream.rangeClosed(1, 20).boxed().toList());
  }

  @Test
  void duplicateHasNoEffect() {
    String key = newKey();
    Map<String, String> headers = TestKafka.headers(UUID.randomUUID().toString(), Noted.TYPE, key);
    for (int i = 0; i < 3; i++) {
      TestKafka.publish(Topics.MESSAGE, key, headers, json(1, "handle"));
    }
    publish(key, 2, "handle");
    awaitEffects(key, List.of(1, 2));
  }

  @Test
  void refusedEventIsDroppedAndRecorded() {
    String key = newKey();
    publish(key, 1, "handle");
    String refused = publish(key, 2, "refuse");
    publish(key, 3, "handle");
    awaitEffects(key, List.of(1, 3));
    assertThat(tables.refusals(refused)).containsExactly("unwanted: The probe does not want it.");
    assertThat(tables.parked(key)).isEmpty();
  }

  @Test
  void failingEventIsParkedAndSoIsWhatFollowsWithItsKeyWhileOthersGoOn() {
    String key = newKey();
    String other = newKey();
    publish(key, 1, "handle");
    String failing = publish(key, 2, "fail");
    publish(key, 3, "handle");
    publish(other, 1, "handle");

    awaitEffects(other, List.of(1));
    List<TestRecord> letters = TestKafka.await(Topics.DEAD_LETTERS, key, PARKED, 2);
    publish(key, 4, "handle");
    await().until(() -> tables.parked(key).size() == 3);

    assertThat(tables.effects(key)).containsExactly(1);
    assertThat(tables.parked(key))
        .containsExactly(
            "IllegalArgumentException: the probe cannot",
            "waits behind a parked event of the same key",
            "waits behind a parked event of the same key");
    letters.forEach(letter -> Contracts.assertKept(PARKED, letter.value()));
    JsonPath letter = JsonPath.from(letters.getFirst().value());
    assertThat(letter.getString("consumer")).isEqualTo("kit-probe");
    assertThat(letter.getString("eventId")).isEqualTo(failing);
    assertThat(letter.getString("topic")).isEqualTo(Topics.MESSAGE);
    assertThat(letter.getString("reason")).contains("the probe cannot");
    assertThat(JsonPath.from(letter.getString("data")).getInt("number")).isEqualTo(2);
  }

  @Test
  void recordThatIsNoEventIsParkedBehindWhatCameBefore() {
    String key = newKey();
    publish(key, 1, "handle");
    TestKafka.publish(Topics.MESSAGE, key, Map.of("ce_id", "7"), "not even JSON");
    publish(key, 2, "handle");
    await().until(() -> tables.parked(key).size() == 2);
    assertThat(tables.effects(key)).containsExactly(1);
    assertThat(tables.parked(key).getFirst()).startsWith("not a CloudEvent");
  }

  @Test
  void dataThatIsNotOfTheContractIsParked() {
    String key = newKey();
    TestKafka.publish(Topics.MESSAGE, key, Noted.TYPE, "{\"number\": \"many\"");
    await().until(() -> tables.parked(key).size() == 1);
    assertThat(tables.effects(key)).isEmpty();
  }

  @Test
  void evenAnEventThatIsTooLargeToBeShownWholeIsParked() {
    String key = newKey();
    String quotes = "\\\"".repeat(400_000);
    TestKafka.publish(
        Topics.MESSAGE,
        key,
        Noted.TYPE,
        "{\"number\": 1, \"wish\": \"fail\", \"text\": \"" + quotes + "\"}");
    TestKafka.await(Topics.DEAD_LETTERS, key, PARKED);
    String other = newKey();
    publish(other, 1, "handle");
    awaitEffects(other, List.of(1));
  }

  @Test
  void evenAnEventThatIsCutThroughACharacterIsParked() {
    String key = newKey();
    String smiles = "\uD83D\uDE00".repeat(60_000);
    TestKafka.publish(Topics.MESSAGE, key, Noted.TYPE, "x" + smiles);
    TestKafka.publish(Topics.MESSAGE, key, Noted.TYPE, smiles);
    TestKafka.await(Topics.DEAD_LETTERS, key, PARKED, 2);
  }

  @Test
  void evenACharacterThatCannotBeStoredIsParked() {
    String key = newKey();
    Map<String, String> headers = TestKafka.headers("\0", Noted.TYPE, key);
    TestKafka.publish(Topics.MESSAGE, key, headers, "\0 no JSON");
    await().until(() -> tables.parked(key).size() == 1);
    String told = TestKafka.await(Topics.DEAD_LETTERS, key, PARKED).value();
    assertThat(JsonPath.from(told).getString("data")).isEqualTo("\uFFFD no JSON");
  }

  @Test
  void traceGoesFromTheRequestThroughOutboxAndKafkaToTheConsumer() {
    String key = newKey();
    String trace = UUID.randomUUID().toString().replace("-", "");
    given()
        .auth()
        .oauth2(Tokens.of("alice", "buyer"))
        .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
        .contentType("application/json")
        .post("/api/v1/probe/notes/" + key)
        .then()
        .statusCode(200);

    TestRecord record = TestKafka.await(Topics.MESSAGE, key, Noted.TYPE);
    awaitEffects(key, List.of(1));

    assertThat(record.headers().getOrDefault("traceparent", "")).startsWith("00-" + trace + "-");
    assertThat(tables.traces(key)).containsExactly(trace);
  }

  private static String publish(String key, int number, String wish) {
    return TestKafka.publish(Topics.MESSAGE, key, Noted.TYPE, json(number, wish));
  }

  private static String json(int number, String wish) {
    return "{\"number\": %d, \"wish\": \"%s\"}".formatted(number, wish);
  }

  private void awaitEffects(String key, List<Integer> numbers) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(tables.effects(key)).isEqualTo(numbers));
  }

  private static String newKey() {
    return UUID.randomUUID().toString();
  }
}
