package dev.earnest.kit.event;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Parks events that cannot be handled: in this service's table, where they keep their order and
/// hold back the later ones of their key, and in the dead-letter topic, where people see them.
@ApplicationScoped
public class DeadLetters {
  private static final Logger LOG = Logger.getLogger(DeadLetters.class);

  /// How much of an event's value, and of a reason, the dead-letter topic shows. The table has it all.
  private static final int MOST_DATA = 100_000;

  private static final int MOST_REASON = 2_000;

  private final DeadLetterTable table;
  private final Outbox outbox;
  private final InstantSource clock;
  private final String consumer;

  public DeadLetters(
      DeadLetterTable table,
      Outbox outbox,
      InstantSource clock,
      @ConfigProperty(name = "quarkus.application.name") String consumer) {
    this.table = table;
    this.outbox = outbox;
    this.clock = clock;
    this.consumer = consumer;
  }

  /// Parks an event, and every later one of its key behind it, until an operator replays them.
  void park(Event event, String why) {
    park(event, null, why);
  }

  /// Parks what is left of a record that is no event.
  void park(EventDecoder.Unreadable unreadable) {
    park(unreadable.remains(), unreadable.head(), unreadable.reason());
  }

  void parkBehind(Event event) {
    park(event, "waits behind a parked event of the same key");
  }

  /// Which of these keys have parked events; the caller's transaction keeps it so.
  Set<String> lockParked(String topic, Collection<String> keys) {
    return table.lock(topic, keys);
  }

  private void park(Event event, byte @Nullable [] head, String why) {
    Instant now = clock.instant();
    String reason = reason(why);
    if (!table.insert(event, head, reason, now)) {
      return;
    }
    if (isOurs(event)) {
      LOG.errorf("what was told of a parked event is parked itself, and not told: %s", event.id());
      return;
    }
    outbox.append(
        new DeadLetterParked(
            consumer,
            event.id().toString(),
            event.topic(),
            event.key(),
            event.type(),
            event.subject(),
            event.time(),
            reason,
            now,
            storable(cut(new String(event.data(), StandardCharsets.UTF_8), MOST_DATA))));
  }

  /// Telling of it would be parked for the same reason, and so on for ever.
  private static boolean isOurs(Event event) {
    return event.topic().equals(Topics.DEAD_LETTERS)
        && event.type().startsWith("earnest.dead_letter.");
  }

  /// A reason as it is stored and told.
  static String reason(String why) {
    return storable(cut(why, MOST_REASON));
  }

  /// Not through the middle of a character: half of one is no JSON.
  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }

  /// No text of ours may hold U+0000, nor can PostgreSQL's; what is parked must not fail for that.
  static String storable(String text) {
    return text.replace('\0', '\uFFFD');
  }
}
