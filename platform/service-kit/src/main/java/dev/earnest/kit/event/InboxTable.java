package dev.earnest.kit.event;

import io.agroal.api.AgroalDataSource;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The table of events that have had their effect.
@ApplicationScoped
class InboxTable {
  /// Longer than Kafka keeps a record, so that none can come twice unnoticed.
  private static final Duration KEPT = Duration.ofDays(30);

  /// Two statements in one round trip: the second must see what another consumer of the same records,
  /// for whose commit the first may have waited, has parked.
  private static final String ADMIT =
      """
      INSERT INTO inbox (event_id, received_at)
      SELECT id, ? FROM unnest(?::uuid[]) AS id
      ON CONFLICT DO NOTHING
      RETURNING event_id;
      SELECT DISTINCT key FROM dead_letters
      WHERE replayed_at IS NULL AND topic = ? AND key = ANY (?)
      """;

  private final AgroalDataSource dataSource;
  private final InstantSource clock;

  InboxTable(AgroalDataSource dataSource, InstantSource clock) {
    this.dataSource = dataSource;
    this.clock = clock;
  }

  /// Marks events of one topic as received and returns those to be handled now: not the known ones, and not
  /// those whose key has a parked event, behind which they are parked too.
  List<Event> admit(List<Event> events, DeadLetters deadLetters) {
    Set<UUID> fresh = new HashSet<>();
    Set<String> parkedKeys = new HashSet<>();
    mark(events, fresh, parkedKeys);
    if (!parkedKeys.isEmpty()) {
      // The last parked one of a key may just be replayed; then this waits for it.
      parkedKeys = deadLetters.lockParked(events.getFirst().topic(), parkedKeys);
    }
    List<Event> open = new ArrayList<>(fresh.size());
    for (Event event : events) {
      if (!fresh.remove(event.id())) {
        continue;
      }
      if (parkedKeys.contains(event.key())) {
        deadLetters.parkBehind(event);
      } else {
        open.add(event);
      }
    }
    return open;
  }

  private void mark(List<Event> events, Set<UUID> fresh, Set<String> parkedKeys) {
    Object[] ids = events.stream().map(Event::id).toArray();
    Object[] keys = events.stream().map(Event::key).distinct().toArray();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement admit = connection.prepareStatement(ADMIT)) {
      admit.setTimestamp(1, Timestamp.from(clock.instant()));
      admit.setArray(2, connection.createArrayOf("uuid", ids));
      admit.setString(3, events.getFirst().topic());
      admit.setArray(4, connection.createArrayOf("text", keys));
      admit.execute();
      try (ResultSet row = admit.getResultSet()) {
        while (row.next()) {
          fresh.add(row.getObject(1, UUID.class));
        }
      }
      admit.getMoreResults();
      try (ResultSet row = admit.getResultSet()) {
        while (row.next()) {
          parkedKeys.add(row.getString(1));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write the inbox", e);
    }
  }

  /// Marks an event as received.
  ///
  /// @return false when it was before
  boolean receive(UUID id) {
    String insert =
        "INSERT INTO inbox (event_id, received_at) VALUES (?, ?) ON CONFLICT DO NOTHING";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement receive = connection.prepareStatement(insert)) {
      receive.setObject(1, id);
      receive.setTimestamp(2, Timestamp.from(clock.instant()));
      return receive.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write the inbox", e);
    }
  }

  void recordRefusals(Map<UUID, String> refused) {
    if (refused.isEmpty()) {
      return;
    }
    String update = "UPDATE inbox SET refused = ? WHERE event_id = ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement record = connection.prepareStatement(update)) {
      for (Map.Entry<UUID, String> refusal : refused.entrySet()) {
        record.setString(1, refusal.getValue());
        record.setObject(2, refusal.getKey());
        record.addBatch();
      }
      record.executeBatch();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot record refusals", e);
    }
  }

  @Scheduled(every = "1h", delayed = "1m")
  void forgetOldEvents() throws SQLException {
    String delete = "DELETE FROM inbox WHERE received_at < ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement forget = connection.prepareStatement(delete)) {
      forget.setTimestamp(1, Timestamp.from(clock.instant().minus(KEPT)));
      forget.executeUpdate();
    }
  }
}
