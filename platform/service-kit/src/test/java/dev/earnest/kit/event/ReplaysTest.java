package dev.earnest.kit.event;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earnest.kit.KitTest;
import dev.earnest.kit.probe.Noted;
import dev.earnest.kit.probe.Notes;
import dev.earnest.kit.probe.Tables;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestKafka;
import dev.earnest.testkit.TestRecord;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/// Parked events, tried again.
@KitTest
class ReplaysTest {
  private static final String REPLAYED = "earnest.dead_letter.replayed.v1";
  private static final String FAILED = "earnest.dead_letter.replay_failed.v1";
  private static final Pattern GAUGE =
      Pattern.compile("^earnest_dead_letters_parked\\S* (\\S+)$", Pattern.MULTILINE);

  @Inject Tables tables;
  @Inject Notes notes;
  @Inject Replays replays;
  @Inject ObjectMapper json;

  private final String key = UUID.randomUUID().toString();

  @Test
  void parkedEventIsHandledOnceUnderItsOwnIdWhenTheCauseIsMended() {
    String id = publish(1, "fail");
    awaitParked(1);
    notes.mend(key);
    request(id);

    TestRecord told = TestKafka.await(Topics.DEAD_LETTERS, key, REPLAYED);
    Contracts.assertKept(REPLAYED, told.value());
    JsonPath replayed = JsonPath.from(told.value());
    assertThat(replayed.getString("consumer")).isEqualTo("kit-probe");
    assertThat(replayed.getString("eventId")).isEqualTo(id);
    assertThat(replayed.getInt("attempts")).isEqualTo(1);
    assertThat(replayed.getString("refused")).isNull();
    TestKafka.publish(Topics.MESSAGE, key, TestKafka.headers(id, Noted.TYPE, key), json(1, "fail"));
    publish(2, "handle");
    awaitEffects(1, 2);
    assertThat(tables.stillParked(key)).isEmpty();
  }

  @Test
  void whatFailsAgainStaysParkedWithTheNewReasonAndCanBeReplayedLater() {
    String id = publish(1, "fail");
    publish(2, "handle");
    awaitParked(2);
    request(id);
    TestRecord told = TestKafka.await(Topics.DEAD_LETTERS, key, FAILED);
    Contracts.assertKept(FAILED, told.value());
    JsonPath failed = JsonPath.from(told.value());
    assertThat(failed.getString("eventId")).isEqualTo(id);
    assertThat(failed.getString("reason")).contains("the probe cannot");
    assertThat(failed.getInt("attempts")).isEqualTo(1);
    assertThat(tables.stillParked(key)).hasSize(2);
    assertThat(tables.effects(key)).isEmpty();

    notes.mend(key);
    request(id);
    awaitEffects(1, 2);
    JsonPath replayed = JsonPath.from(TestKafka.await(Topics.DEAD_LETTERS, key, REPLAYED).value());
    assertThat(replayed.getInt("attempts")).isEqualTo(2);
  }

  @Test
  void whatWaitsBehindItFollowsInOrderUntilOneFails() {
    String first = publish(1, "fail");
    publish(2, "handle");
    publish(3, "handle");
    TestKafka.publish(Topics.MESSAGE, key, Noted.TYPE, "no JSON");
    publish(5, "handle");
    awaitParked(5);
    notes.mend(key);
    request(first);

    awaitEffects(1, 3);
    TestKafka.await(Topics.DEAD_LETTERS, key, FAILED);
    publish(6, "handle");
    awaitParked(6);
    assertThat(tables.effects(key)).containsExactly(1, 2, 3);
    assertThat(tables.stillParked(key).getFirst()).contains("JsonParseException");
    assertThat(tables.stillParked(key)).hasSize(3);
  }

  @Test
  void whatWaitsBehindAnotherIsNotReplayedBeforeIt() {
    publish(1, "fail");
    String second = publish(2, "handle");
    awaitParked(2);
    request(second);
    JsonPath failed = JsonPath.from(TestKafka.await(Topics.DEAD_LETTERS, key, FAILED).value());
    assertThat(failed.getString("eventId")).isEqualTo(second);
    assertThat(failed.getString("reason")).startsWith("waits behind the parked event");
    assertThat(failed.getInt("attempts")).isZero();
    assertThat(tables.effects(key)).isEmpty();
  }

  @Test
  void whatComesWhileTheLastOneIsReplayedComesAfterIt() throws Exception {
    String id = publish(1, "fail");
    awaitParked(1);
    notes.mend(key);
    Held held = new Held();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> replay = threads.submit(() -> held.replay(id));
      held.done.await();
      publish(2, "handle");
      await().atMost(Duration.ofSeconds(20)).until(() -> tables.keysThatAreAwaited() > 0);
      assertThat(tables.effects(key)).isEmpty();
      held.commit.countDown();
      replay.get();
    }
    awaitEffects(1, 2);
    assertThat(tables.stillParked(key)).isEmpty();
  }

  @Test
  void ofTwoReplaysAtOnceOneHasTheEffectAndBothAreAnswered() throws Exception {
    String id = publish(1, "fail");
    awaitParked(1);
    notes.mend(key);
    Held held = new Held();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> one = threads.submit(() -> held.replay(id));
      held.done.await();
      Future<?> other = threads.submit(() -> inTransaction(id));
      await().atMost(Duration.ofSeconds(20)).until(() -> tables.keysThatAreAwaited() > 0);
      held.commit.countDown();
      one.get();
      other.get();
    }
    assertThat(tables.effects(key)).containsExactly(1);
    TestKafka.await(Topics.DEAD_LETTERS, key, REPLAYED, 2)
        .forEach(told -> assertThat(JsonPath.from(told.value()).getInt("attempts")).isOne());
  }

  @Test
  void manyRequestsForManyEventsHaveOneEffectEach() {
    List<String> ids = IntStream.rangeClosed(1, 5).mapToObj(n -> publish(n, "fail")).toList();
    awaitParked(5);
    notes.mend(key);
    IntStream.range(0, 4).forEach(_ -> ids.forEach(this::request));
    awaitEffects(1, 5);
    TestKafka.await(Topics.DEAD_LETTERS, key, REPLAYED, 5);
    assertThat(tables.effects(key)).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void whatTheStateRefusesIsToldSo() {
    String first = publish(1, "fail");
    String refused = publish(2, "refuse");
    awaitParked(2);
    notes.mend(key);
    request(first);
    JsonPath told =
        JsonPath.from(TestKafka.await(Topics.DEAD_LETTERS, key, REPLAYED, 2).getLast().value());
    assertThat(told.getString("eventId")).isEqualTo(refused);
    assertThat(told.getString("refused")).isEqualTo("unwanted: The probe does not want it.");
    assertThat(tables.refusals(refused)).hasSize(1);
    assertThat(tables.effects(key)).containsExactly(1);
  }

  @Test
  void recordThatIsNoEventFailsAgainUntilItCanBeRead() throws Exception {
    Map<String, String> headers = TestKafka.headers("7", Noted.TYPE, key);
    TestKafka.publish(Topics.MESSAGE, key, headers, json(1, "handle"));
    awaitParked(1);
    String id = tables.parkedId(key);
    request(id);
    JsonPath failed = JsonPath.from(TestKafka.await(Topics.DEAD_LETTERS, key, FAILED).value());
    assertThat(failed.getString("reason")).contains("not a CloudEvent: Invalid UUID string: 7");

    tables.upgrade(key, head(UUID.randomUUID().toString()));
    request(id);
    awaitEffects(1, 1);
  }

  @Test
  void recordThatCanBeReadNowAndCameUnderItsOwnIdTooHasNoSecondEffect() throws Exception {
    Map<String, String> broken = TestKafka.headers("7", Noted.TYPE, key);
    TestKafka.publish(Topics.MESSAGE, key, broken, json(1, "handle"));
    awaitParked(1);
    String other = UUID.randomUUID().toString();
    String known = TestKafka.publish(Topics.MESSAGE, other, Noted.TYPE, json(1, "handle"));
    await().until(() -> tables.effects(other).size() == 1);

    tables.upgrade(key, head(known));
    request(tables.parkedId(key));
    JsonPath told = JsonPath.from(TestKafka.await(Topics.DEAD_LETTERS, key, REPLAYED).value());
    assertThat(told.getString("refused")).startsWith("received before");
    assertThat(tables.effects(key)).isEmpty();
  }

  @Test
  void eventOfAnUnknownVersionIsParkedAndNotReadAsAnother() {
    String type = Noted.TYPE.replace(".v1", ".v2");
    String id = TestKafka.publish(Topics.MESSAGE, key, type, json(1, "handle"));
    awaitParked(1);
    assertThat(tables.parked(key)).containsExactly("UnknownVersion: " + type);
    request(id);
    JsonPath failed = JsonPath.from(TestKafka.await(Topics.DEAD_LETTERS, key, FAILED).value());
    assertThat(failed.getString("reason")).isEqualTo("UnknownVersion: " + type);
    assertThat(tables.effects(key)).isEmpty();
  }

  @Test
  void requestsForWhatIsNotParkedHereAreAnsweredAndThoseForOthersLeftAlone() {
    String id = publish(1, "fail");
    awaitParked(1);
    notes.mend(key);
    request("another-service", id);
    String unknown = UUID.randomUUID().toString();
    request(unknown);
    JsonPath failed = JsonPath.from(TestKafka.await(Topics.DEAD_LETTERS, key, FAILED).value());
    assertThat(failed.getString("eventId")).isEqualTo(unknown);
    assertThat(failed.getString("reason")).isEqualTo("kit-probe has no such parked event");
    assertThat(tables.stillParked(key)).hasSize(1);
  }

  @Test
  void requestThatIsNoneIsParkedItselfAndHoldsUpNoOther() {
    String broken = UUID.randomUUID().toString();
    TestKafka.publish(Topics.REPLAYS, broken, ReplayRequested.TYPE, "{\"consumer\": null}");
    await().until(() -> tables.parked(broken).size() == 1);
    String id = publish(1, "fail");
    awaitParked(1);
    notes.mend(key);
    request(id);
    awaitEffects(1, 1);
  }

  @Test
  void gaugeSaysHowManyAreParked() {
    String id = publish(1, "fail");
    awaitParked(1);
    int parked = tables.allParked();
    patiently().until(() -> gauge() == parked);
    notes.mend(key);
    request(id);
    patiently().until(() -> gauge() == parked - 1);
  }

  /// A replay whose transaction ends when it may.
  private final class Held {
    final CountDownLatch done = new CountDownLatch(1);
    final CountDownLatch commit = new CountDownLatch(1);

    void replay(String id) {
      QuarkusTransaction.requiringNew()
          .run(() -> {
            replays.handle(batch(id));
            done.countDown();
            try {
              commit.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              throw new IllegalStateException(e);
            }
          });
    }
  }

  private void inTransaction(String id) {
    QuarkusTransaction.requiringNew().run(() -> replays.handle(batch(id)));
  }

  private EventBatch batch(String id) {
    byte[] data = requestFor("kit-probe", id).getBytes(StandardCharsets.UTF_8);
    return new EventBatch(
        List.of(
            new Event(
                UUID.randomUUID(),
                Topics.REPLAYS,
                id,
                ReplayRequested.TYPE,
                id,
                Instant.EPOCH,
                null,
                data,
                json)));
  }

  private byte[] head(String id) throws Exception {
    List<EventDecoder.Field> headers =
        TestKafka.headers(id, Noted.TYPE, key).entrySet().stream()
            .map(header ->
                new EventDecoder.Field(
                    header.getKey(), header.getValue().getBytes(StandardCharsets.UTF_8)))
            .toList();
    return json.writeValueAsBytes(new EventDecoder.Head(key, headers));
  }

  private String publish(int number, String wish) {
    return TestKafka.publish(Topics.MESSAGE, key, Noted.TYPE, json(number, wish));
  }

  private void request(String id) {
    request("kit-probe", id);
  }

  private void request(String consumer, String id) {
    TestKafka.publish(Topics.REPLAYS, id, ReplayRequested.TYPE, requestFor(consumer, id));
  }

  private String requestFor(String consumer, String id) {
    String request =
        """
        {"consumer": "%s", "eventId": "%s", "topic": "%s", "key": "%s"}
        """
            .formatted(consumer, id, Topics.MESSAGE, key);
    Contracts.assertKept(ReplayRequested.TYPE, request);
    return request;
  }

  private static String json(int number, String wish) {
    return "{\"number\": %d, \"wish\": \"%s\"}".formatted(number, wish);
  }

  private static double gauge() {
    Matcher gauge = GAUGE.matcher(given().get("/q/metrics").asString());
    return gauge.find() ? Double.parseDouble(gauge.group(1)) : -1;
  }

  private void awaitParked(int count) {
    patiently().until(() -> tables.parked(key).size() == count);
  }

  private void awaitEffects(int first, int last) {
    patiently()
        .untilAsserted(() ->
            assertThat(tables.effects(key))
                .isEqualTo(IntStream.rangeClosed(first, last).boxed().toList()));
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(30));
  }
}
