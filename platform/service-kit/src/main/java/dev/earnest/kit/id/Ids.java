package dev.earnest.kit.id;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import com.github.f4b6a3.uuid.util.UuidUtil;
import dev.earnest.kit.problem.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes identifiers: UUIDv7 (RFC 9562), whose first bits are the service's time.
@ApplicationScoped
public class Ids {
  private final TimeOrderedEpochFactory factory;

  public Ids(InstantSource clock) {
    this.factory = new TimeOrderedEpochFactory(clock.withZone(ZoneOffset.UTC));
  }

  /// The next one: larger than all that this process made before, within a millisecond too, so that
  /// what is listed by its id is listed in the order in which it was made.
  public UUID next() {
    return factory.create();
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
