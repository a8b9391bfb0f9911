package dev.earnest.kit.event;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Parks events that cannot be handled: in this service's table, where they keep their order and
/// hold back the later ones of their key, and in the dead-letter topic, where people see them.
@ApplicationScoped
public class DeadLetters {
  private static final String PARK =
      """
      WITH received AS (
        INSERT INTO inbox (event_id, received_at) VALUES (?, ?) ON CONFLICT DO NOTHING)
      INSERT INTO dead_letters
        (event_id, topic, key, type, subject, occurred_at, traceparent, data, reason, parked_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  /// How much of an event's value, and of a reason, the dead-letter topic shows. The table has it all.
  private static final int MOST_DATA = 100_000;

  private static final int MOST_REASON = 2_000;

  private final AgroalDataSource dataSource;
  private final Outbox outbox;
  private final InstantSource clock;
  private final String consumer;

  public DeadLetters(
      AgroalDataSource dataSource,
      Outbox outbox,
      InstantSource clock,
      @ConfigProperty(name = "quarkus.application.name") String consumer) {
    this.dataSource = dataSource;
    this.outbox = outbox;
    this.clock = clock;
    this.consumer = consumer;
  }

  /// Parks an event, and every later one of its key behind it, until an operator replays them.
  void park(Event event, String why) {
    Instant now = clock.instant();
    String reason = storable(cut(why, MOST_REASON));
    if (insert(event, reason, now)) {
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
              cut(new String(event.data(), StandardCharsets.UTF_8), MOST_DATA)));
    }
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }

  /// PostgreSQL's text cannot hold U+0000, and what is parked must not fail for that.
  static String storable(String text) {
    return text.replace('\0', '\uFFFD');
  }

  void parkBehind(Event event) {
    park(event, "waits behind a parked event of the same key");
  }

  private boolean insert(Event event, String reason, Instant now) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement park = connection.prepareStatement(PARK)) {
      park.setObject(1, event.id());
      park.setTimestamp(2, Timestamp.from(now));
      park.setObject(3, event.id());
      park.setString(4, event.topic());
      park.setString(5, event.key());
      park.setString(6, event.type());
      park.setString(7, event.subject());
      park.setTimestamp(8, Timestamp.from(event.time()));
      park.setString(9, event.traceparent());
      park.setBytes(10, event.data());
      park.setString(11, reason);
      park.setTimestamp(12, Timestamp.from(now));
      return park.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot park an event", e);
    }
  }
}
