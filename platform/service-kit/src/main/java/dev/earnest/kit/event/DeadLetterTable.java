package dev.earnest.kit.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The table of this service's parked events. All of it runs in the transaction of the caller.
///
/// Events of a key in a topic are in the order of `position`. Whoever parks behind one, or replays
/// one, holds the lock of that key, so that nothing is parked behind what was replayed just now.
@ApplicationScoped
class DeadLetterTable {
  private static final String PARK =
      """
      WITH received AS (
        INSERT INTO inbox (event_id, received_at) VALUES (?, ?) ON CONFLICT DO NOTHING)
      INSERT INTO dead_letters (event_id, topic, key, type, subject, occurred_at, traceparent, data,
        reason, parked_at, head)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  /// Two statements in one round trip: the second must see what the holder of a lock, for which the
  /// first may have waited, has replayed.
  private static final String LOCK =
      """
      SELECT pg_advisory_xact_lock(hashtext('earnest.dead_letters'), hashtext(key))
      FROM unnest(?) AS key;
      SELECT DISTINCT key FROM dead_letters
      WHERE replayed_at IS NULL AND topic = ? AND key = ANY (?)
      """;

  private static final String FIND =
      """
      SELECT event_id, topic, key, type, subject, occurred_at, traceparent, data, head, attempts,
        replayed_at
      FROM dead_letters WHERE event_id = ?
      """;

  private static final String FIRST =
      """
      SELECT event_id FROM dead_letters WHERE replayed_at IS NULL AND topic = ? AND key = ?
      ORDER BY position LIMIT 1
      """;

  private static final String REPLAYED =
      "UPDATE dead_letters SET replayed_at = ?, attempts = attempts + 1 WHERE event_id = ?";

  private static final String FAILED =
      """
      UPDATE dead_letters SET reason = ?, attempts = attempts + 1
      WHERE event_id = ? AND replayed_at IS NULL
      """;

  private final AgroalDataSource dataSource;
  private final ObjectMapper json;

  DeadLetterTable(AgroalDataSource dataSource, ObjectMapper json) {
    this.dataSource = dataSource;
    this.json = json;
  }

  /// A parked event.
  ///
  /// @param head of a record that could not be read: its key and headers
  record Parked(Event event, byte @Nullable [] head, int attempts, @Nullable Instant replayedAt) {
    Parked triedAgain() {
      return new Parked(event, head, attempts + 1, replayedAt);
    }
  }

  /// @return false when it is parked already
  boolean insert(Event event, byte @Nullable [] head, String reason, Instant now) {
    return update(
            PARK,
            event.id(),
            Timestamp.from(now),
            event.id(),
            event.topic(),
            event.key(),
            event.type(),
            event.subject(),
            Timestamp.from(event.time()),
            event.traceparent(),
            event.data(),
            reason,
            Timestamp.from(now),
            head)
        == 1;
  }

  /// Takes the locks of keys, in one order, and says which of them have parked events now.
  Set<String> lock(String topic, Collection<String> keys) {
    String[] sorted = keys.stream().sorted().toArray(String[]::new);
    Set<String> parked = new HashSet<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement lock = connection.prepareStatement(LOCK)) {
      lock.setArray(1, connection.createArrayOf("text", sorted));
      lock.setString(2, topic);
      lock.setArray(3, connection.createArrayOf("text", sorted));
      lock.execute();
      lock.getMoreResults();
      try (ResultSet row = lock.getResultSet()) {
        while (row.next()) {
          parked.add(row.getString(1));
        }
      }
      return parked;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot lock parked events", e);
    }
  }

  /// A parked event as it is once its key is locked.
  Optional<Parked> lock(UUID id) {
    Optional<Parked> parked = find(id);
    parked.ifPresent(known -> lock(known.event().topic(), List.of(known.event().key())));
    return parked.isEmpty() ? parked : find(id);
  }

  Optional<Parked> find(UUID id) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement find = connection.prepareStatement(FIND)) {
      find.setObject(1, id);
      try (ResultSet row = find.executeQuery()) {
        return row.next() ? Optional.of(parked(row)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read a parked event", e);
    }
  }

  /// The event of a key that all other parked ones of the key wait for.
  Optional<UUID> first(String topic, String key) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement first = connection.prepareStatement(FIRST)) {
      first.setString(1, topic);
      first.setString(2, key);
      try (ResultSet row = first.executeQuery()) {
        return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read a parked event", e);
    }
  }

  void markReplayed(UUID id, Instant now) {
    update(REPLAYED, Timestamp.from(now), id);
  }

  void markFailed(UUID id, String reason) {
    update(FAILED, reason, id);
  }

  private int update(String sql, @Nullable Object... values) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        update.setObject(i + 1, values[i]);
      }
      return update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write parked events", e);
    }
  }

  private Parked parked(ResultSet row) throws SQLException {
    @Nullable Timestamp replayedAt = row.getTimestamp("replayed_at");
    Event event =
        new Event(
            row.getObject("event_id", UUID.class),
            row.getString("topic"),
            row.getString("key"),
            row.getString("type"),
            row.getString("subject"),
            row.getTimestamp("occurred_at").toInstant(),
            row.getString("traceparent"),
            row.getBytes("data"),
            json);
    return new Parked(
        event,
        row.getBytes("head"),
        row.getInt("attempts"),
        replayedAt == null ? null : replayedAt.toInstant());
  }
}
