package dev.earnest.kit.id;

import com.github.f4b6a3.uuid.UuidCreator;
import com.github.f4b6a3.uuid.util.UuidUtil;
import dev.earnest.kit.problem.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes identifiers: UUIDv7 (RFC 9562), whose first bits are the service's time.
@ApplicationScoped
public class Ids {
  private final InstantSource clock;

  public Ids(InstantSource clock) {
    this.clock = clock;
  }

  public UUID next() {
    return UuidCreator.getTimeOrderedEpoch(clock.instant());
  }

  /// When an identifier was made; null when it is no UUIDv7.
  public static @Nullable Instant madeAt(UUID id) {
    return UuidUtil.isTimeOrderedEpoch(id) ? UuidUtil.getInstant(id) : null;
  }

  /// An identifier in a path: whatever is no UUID names nothing, which is a 404.
  public static UUID parse(String text, String what) {
    return parsed(text, Refusal.notFound(what));
  }

  /// An identifier in a body or query: whatever is no UUID is a 400.
  public static UUID parseField(String field, String text) {
    return parsed(text, Refusal.invalid(field, "must be a UUID"));
  }

  private static UUID parsed(String text, Refusal otherwise) {
    if (text.length() != 36) {
      throw otherwise;
    }
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException _) {
      throw otherwise;
    }
  }
}
