package dev.earnest.kit.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earnest.kit.event.EventDecoder.Decoded;
import dev.earnest.kit.event.EventDecoder.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever stands in a topic is either an event or can be parked.
class EventDecoderTest {
  private static final EventDecoder DECODER = new EventDecoder(new ObjectMapper());
  private static final Map<String, @Nullable String> GOOD =
      Map.of(
          "ce_id", "0199f1b0-0000-7abc-8def-0123456789ab",
          "ce_type", "earnest.task.created.v1",
          "ce_subject", "s",
          "ce_time", "2026-03-11T10:30:00Z");

  @Test
  void goodRecordIsAnEvent() {
    assertThat(DECODER.decode(record("k", GOOD))).isInstanceOf(Decoded.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce_id", "ce_type", "ce_subject", "ce_time"})
  void headerThatIsMissingOrEmptyMakesItUnreadable(String name) {
    Map<String, @Nullable String> headers = new HashMap<>(GOOD);
    headers.put(name, null);
    assertUnreadable("k", headers, "it has no header " + name);
    headers.remove(name);
    assertUnreadable("k", headers, "it has no header " + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "+10000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z"})
  void timeThatCannotBeStoredMakesItUnreadable(String time) {
    Map<String, @Nullable String> headers = new HashMap<>(GOOD);
    headers.put("ce_time", time);
    assertUnreadable("k", headers, "");
  }

  @Test
  void keyThatIsMissingOrTooLongForAnIndexIsReplacedByItsPlace() {
    assertThat(assertUnreadable(null, GOOD, "it has no key").remains().key()).isEqualTo("t/3/7");
    Unreadable longOne = assertUnreadable("k".repeat(501), GOOD, "its key has more than 500");
    assertThat(longOne.remains().key()).isEqualTo("t/3/7");
  }

  @Test
  void traceThatCannotBeStoredIsLeftOut() {
    Map<String, @Nullable String> headers = new HashMap<>(GOOD);
    headers.put("traceparent", "\0");
    assertThat(DECODER.decode(record("k", headers)))
        .isInstanceOfSatisfying(
            Decoded.class, decoded -> assertThat(decoded.event().traceparent()).isNull());
  }

  @Test
  void whatIsUnreadableCanBeReadAgain() {
    Map<String, @Nullable String> headers = new HashMap<>(GOOD);
    headers.put("ce_id", "7");
    headers.put("ce_subject", null);
    Unreadable first = assertUnreadable("k", headers, "");
    assertThat(DECODER.decode(first.remains(), first.head()))
        .isInstanceOfSatisfying(
            Unreadable.class, again -> assertThat(again.reason()).isEqualTo(first.reason()));
    Unreadable readableNow = new Unreadable(first.remains(), head(), "");
    assertThat(DECODER.decode(readableNow.remains(), readableNow.head()))
        .isInstanceOf(Decoded.class);
  }

  /// Of the good record: what a later version that reads more would make of a bad one.
  private static byte[] head() {
    Map<String, @Nullable String> headers = new HashMap<>(GOOD);
    headers.put("ce_id", "7");
    String bad = new String(assertUnreadable("k", headers, "").head(), StandardCharsets.UTF_8);
    return bad.replace("\"Nw==\"", "\"MDE5OWYxYjAtMDAwMC03YWJjLThkZWYtMDEyMzQ1Njc4OWFi\"")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Unreadable assertUnreadable(
      @Nullable String key, Map<String, @Nullable String> headers, String why) {
    EventDecoder.Outcome outcome = DECODER.decode(record(key, headers));
    assertThat(outcome).isInstanceOf(Unreadable.class);
    Unreadable unreadable = (Unreadable) outcome;
    assertThat(unreadable.reason()).startsWith("not a CloudEvent: " + why);
    return unreadable;
  }

  private static ConsumerRecord<String, byte[]> record(
      @Nullable String key, Map<String, @Nullable String> headers) {
    ConsumerRecord<String, byte[]> record =
        new ConsumerRecord<>("t", 3, 7, key, "{}".getBytes(StandardCharsets.UTF_8));
    headers.forEach((name, value) ->
        record.headers().add(name, value == null ? null : value.getBytes(StandardCharsets.UTF_8)));
    return record;
  }
}
