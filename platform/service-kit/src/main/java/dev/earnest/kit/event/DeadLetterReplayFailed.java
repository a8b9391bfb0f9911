package dev.earnest.kit.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/// `earnest.dead_letter.replay_failed.v1`: a parked event was tried again and stays parked.
///
/// @param sourceTopic where the parked event came from; `topic` alone is where this goes
/// @param attempts how often it was tried since it was parked, this time included
/// @param reason why it stays parked
@RegisterForReflection
public record DeadLetterReplayFailed(
    String consumer,
    UUID eventId,
    @JsonProperty("topic") String sourceTopic,
    String key,
    int attempts,
    String reason,
    Instant failedAt)
    implements DomainEvent {
  @Override
  public String type() {
    return "earnest.dead_letter.replay_failed.v1";
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
