package dev.earnest.kit.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// Reads a Kafka record as a CloudEvent in binary mode. Its data stays JSON until a handler reads it.
@ApplicationScoped
class EventDecoder {
  private final ObjectMapper json;

  EventDecoder(ObjectMapper json) {
    this.json = json;
  }

  sealed interface Outcome {}

  record Decoded(Event event) implements Outcome {}

  /// What is left of a record that is no CloudEvent, enough to be parked and looked at.
  record Unreadable(Event remains, String reason) implements Outcome {}

  Outcome decode(ConsumerRecord<String, byte[]> record) {
    try {
      String key = storable(required(record.key(), "a key"));
      return new Decoded(
          new Event(
              UUID.fromString(header(record, "ce_id")),
              record.topic(),
              key,
              header(record, "ce_type"),
              header(record, "ce_subject"),
              Instant.parse(header(record, "ce_time")),
              optional(record, "traceparent"),
              required(record.value(), "data"),
              json));
    } catch (IllegalArgumentException | DateTimeException e) {
      return new Unreadable(remains(record), "not a CloudEvent: " + e.getMessage());
    }
  }

  private Event remains(ConsumerRecord<String, byte[]> record) {
    String place = record.topic() + "/" + record.partition() + "/" + record.offset();
    byte[] value = record.value();
    String key = record.key() == null ? place : DeadLetters.storable(record.key());
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

  /// PostgreSQL's text cannot hold U+0000.
  private static String storable(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("it has the character NUL in its key or a header");
    }
    return text;
  }

  private static @Nullable String optional(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static <T> T required(@Nullable T value, String what) {
    if (value == null) {
      throw new IllegalArgumentException("it has no " + what);
    }
    return value;
  }
}
