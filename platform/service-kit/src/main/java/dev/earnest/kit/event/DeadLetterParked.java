package dev.earnest.kit.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/// `earnest.dead_letter.parked.v1`: a consumer could not handle an event.
///
/// @param consumer the service that could not
/// @param eventId the id of the event it is about; a replay keeps it
/// @param sourceTopic where it came from; `topic` alone is where this goes
/// @param data the event's value as it came, cut where it is long
@RegisterForReflection
public record DeadLetterParked(
    String consumer,
    String eventId,
    @JsonProperty("topic") String sourceTopic,
    String key,
    String eventType,
    String eventSubject,
    Instant occurredAt,
    String reason,
    Instant parkedAt,
    String data)
    implements DomainEvent {
  @Override
  public String type() {
    return "earnest.dead_letter.parked.v1";
  }

  @Override
  public String topic() {
    return Topics.DEAD_LETTERS;
  }

  @Override
  public String subject() {
    return subject(sourceTopic, key, eventId);
  }

  /// What is told of a parked event has that event's key. Of one that stood among the dead letters
  /// itself it must have another, or it would be parked behind it, where nobody sees it.
  static String subject(String sourceTopic, String key, String eventId) {
    return sourceTopic.equals(Topics.DEAD_LETTERS) ? eventId : key;
  }
}
