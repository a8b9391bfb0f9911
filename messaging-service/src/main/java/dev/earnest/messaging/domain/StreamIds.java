package dev.earnest.messaging.domain;

import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The ids of a stream's events.
final class StreamIds {
  private StreamIds() {}

  /// Each stream's ids begin elsewhere, so that another stream's id is not taken for one of its own.
  /// Numbers stay exact in JavaScript.
  static long start(UUID stream) {
    long mixed = stream.getLeastSignificantBits() * 0x9E37_79B9_7F4A_7C15L;
    return mixed >>> 33 << 20;
  }

  /// The position that a `Last-Event-ID` names; empty when it is none of the ids after `start` and
  /// up to `newest`.
  static OptionalLong position(@Nullable String lastEventId, long start, long newest) {
    if (lastEventId == null || !lastEventId.matches("[0-9]{1,18}")) {
      return OptionalLong.empty();
    }
    long id = Long.parseLong(lastEventId);
    return id > start && id <= newest ? OptionalLong.of(id) : OptionalLong.empty();
  }
}
