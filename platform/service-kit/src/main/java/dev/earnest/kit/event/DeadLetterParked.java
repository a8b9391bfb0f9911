package dev.earnest.kit.event;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/// `earnest.dead_letter.parked.v1`: a consumer could not handle an event.
///
/// @param consumer the service that could not
/// @param eventId the id of the event it is about; a replay keeps it
/// @param data the event's value as it came
@RegisterForReflection
public record DeadLetterParked(
    String consumer,
    String eventId,
    String topic,
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
    return key;
  }
}
