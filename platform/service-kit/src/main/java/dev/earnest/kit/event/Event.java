package dev.earnest.kit.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event as it came from Kafka: a CloudEvent 1.0 in binary mode, its data still JSON.
///
/// @param key the record's key: what must stay in order
/// @param subject what it is about, the task's id mostly
/// @param traceparent the trace it belongs to (W3C Trace Context), where there is one
public record Event(
    UUID id,
    String topic,
    String key,
    String type,
    String subject,
    Instant time,
    @Nullable String traceparent,
    byte[] data,
    ObjectMapper json) {

  /// The data as a record that declares only what its reader needs.
  ///
  /// @throws UncheckedIOException when the data is not of that shape
  public <T> T as(Class<T> shape) {
    try {
      return json.readValue(data, shape);
    } catch (IOException e) {
      throw new UncheckedIOException(type + " " + id + " is not of the expected shape", e);
    }
  }

  /// The subject where it is a UUID, as a task's is.
  public UUID subjectId() {
    return UUID.fromString(subject);
  }
}
