package dev.earnest.kit.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// Reads a Kafka record as a CloudEvent in binary mode. Its data stays JSON until a handler reads it.
@ApplicationScoped
class EventDecoder {
  /// Well under what PostgreSQL takes in an index.
  private static final int LONGEST_KEY = 500;

  private static final Instant FIRST_TIME = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999Z");

  private final ObjectMapper json;

  EventDecoder(ObjectMapper json) {
    this.json = json;
  }

  sealed interface Outcome {}

  record Decoded(Event event) implements Outcome {}

  /// What is left of a record that is no CloudEvent, enough to be parked, looked at and read again.
  ///
  /// @param head its [Head], as JSON
  record Unreadable(Event remains, byte[] head, String reason) implements Outcome {}

  /// All of a record that is not its value.
  @RegisterForReflection
  record Head(@Nullable String key, List<Field> headers) {}

  @RegisterForReflection
  record Field(String name, byte @Nullable [] value) {}

  Outcome decode(ConsumerRecord<String, byte[]> record) {
    try {
      String key = storable(required(record.key(), "key"));
      if (key.length() > LONGEST_KEY) {
        throw new IllegalArgumentException("its key has more than " + LONGEST_KEY + " characters");
      }
      return new Decoded(
          new Event(
              UUID.fromString(header(record, "ce_id")),
              record.topic(),
              key,
              header(record, "ce_type"),
              header(record, "ce_subject"),
              time(header(record, "ce_time")),
              traceparent(record),
              required(record.value(), "data"),
              json));
    } catch (IllegalArgumentException | DateTimeException e) {
      return new Unreadable(remains(record), head(record), "not a CloudEvent: " + e.getMessage());
    }
  }

  /// Reads a record again that could not be read when it came.
  Outcome decode(Event remains, byte[] head) {
    try {
      Head known = json.readValue(head, Head.class);
      ConsumerRecord<String, byte[]> record =
          new ConsumerRecord<>(remains.topic(), 0, 0, known.key(), remains.data());
      known.headers().forEach(field -> record.headers().add(field.name(), field.value()));
      return decode(record);
    } catch (IOException e) {
      throw new UncheckedIOException("the head of record " + remains.id() + " is broken", e);
    }
  }

  private byte[] head(ConsumerRecord<String, byte[]> record) {
    List<Field> headers = new ArrayList<>();
    record.headers().forEach(header -> headers.add(new Field(header.key(), header.value())));
    try {
      return json.writeValueAsBytes(new Head(record.key(), headers));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and bytes are always JSON", e);
    }
  }

  private Event remains(ConsumerRecord<String, byte[]> record) {
    String place = record.topic() + "/" + record.partition() + "/" + record.offset();
    byte[] value = record.value();
    boolean hasKey = record.key() != null && record.key().length() <= LONGEST_KEY;
    String key = hasKey ? DeadLetters.storable(record.key()) : place;
    return new Event(
        UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8)),
        record.topic(),
        key,
        "unreadable",
        key,
        Instant.ofEpochMilli(record.timestamp()),
        null,
        value == null ? new byte[0] : value,
        json);
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return storable(required(optional(record, name), "header " + name));
  }

  /// Not worth to park an event for.
  private static @Nullable String traceparent(ConsumerRecord<String, byte[]> record) {
    String text = optional(record, "traceparent");
    return text == null || text.indexOf('\0') >= 0 ? null : text;
  }

  /// As far as PostgreSQL's times and ISO-8601's four digits go together.
  private static Instant time(String text) {
    Instant time = Instant.parse(text);
    if (time.isBefore(FIRST_TIME) || time.isAfter(LAST_TIME)) {
      throw new IllegalArgumentException("its time is not within the years 1 to 9999");
    }
    return time;
  }

  /// PostgreSQL's text cannot hold U+0000.
  private static String storable(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("it has the character NUL in its key or a header");
    }
    return text;
  }

  private static @Nullable String optional(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static <T> T required(@Nullable T value, String what) {
    if (value == null) {
      throw new IllegalArgumentException("it has no " + what);
    }
    return value;
  }
}
