package dev.earnest.messaging.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event that a service could not handle, as operators see it.
///
/// @param id of the view
/// @param service who could not
/// @param reason why, at the last attempt
/// @param data its value, cut where it is long; null once the task it is about is deleted
/// @param attempts how often it was tried since it was parked
/// @param askedAt when its replay was last asked for
/// @param refused why its replay had no effect, where the state of things did not want it
public record ParkedEvent(
    UUID id,
    String service,
    UUID eventId,
    String topic,
    String key,
    String type,
    String subject,
    Instant occurredAt,
    String reason,
    Instant parkedAt,
    @Nullable String data,
    State state,
    int attempts,
    @Nullable Instant askedAt,
    @Nullable Instant replayedAt,
    @Nullable String refused) {

  /// PARKED → REPLAYING (asked for) → REPLAYED, or PARKED again when it failed.
  public enum State {
    PARKED,
    REPLAYING,
    REPLAYED
  }
}
