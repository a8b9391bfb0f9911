package dev.earnest.kit.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `earnest.dead_letter.replayed.v1`: a parked event is handled.
///
/// @param sourceTopic where the parked event came from; `topic` alone is where this goes
/// @param attempts how often it was tried since it was parked, this time included
/// @param refused why the state of things did not want it, so that it had no effect
@RegisterForReflection
public record DeadLetterReplayed(
    String consumer,
    UUID eventId,
    @JsonProperty("topic") String sourceTopic,
    String key,
    int attempts,
    Instant replayedAt,
    @Nullable String refused)
    implements DomainEvent {
  @Override
  public String type() {
    return "earnest.dead_letter.replayed.v1";
  }

  @Override
  public String topic() {
    return Topics.DEAD_LETTERS;
  }

  @Override
  public String subject() {
    return DeadLetterParked.subject(sourceTopic, key, eventId.toString());
  }
}
