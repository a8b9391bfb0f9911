package dev.earnest.kit.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Objects;
import java.util.UUID;

/// `earnest.dead_letter.replay_requested.v1`: a service shall try a parked event again.
///
/// Its key is the parked event's id, never that event's key, behind which it would be parked itself.
///
/// @param consumer the service that parked it; the others leave it alone
/// @param sourceTopic where the parked event came from; `topic` alone is where this goes
/// @param key the parked event's
@RegisterForReflection
public record ReplayRequested(
    String consumer, UUID eventId, @JsonProperty("topic") String sourceTopic, String key)
    implements DomainEvent {
  public static final String TYPE = "earnest.dead_letter.replay_requested.v1";

  public ReplayRequested {
    Objects.requireNonNull(consumer, "consumer");
    Objects.requireNonNull(eventId, "eventId");
    Objects.requireNonNull(sourceTopic, "topic");
    Objects.requireNonNull(key, "key");
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String topic() {
    return Topics.REPLAYS;
  }

  @Override
  public String subject() {
    return eventId.toString();
  }
}
