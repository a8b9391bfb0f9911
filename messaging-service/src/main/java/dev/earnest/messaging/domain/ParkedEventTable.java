package dev.earnest.messaging.domain;

import dev.earnest.messaging.domain.ParkedEvent.State;
import dev.earnest.messaging.domain.ParkedEvents.Filter;
import dev.earnest.messaging.domain.ParkedEvents.News;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The table of the view of parked events.
@ApplicationScoped
class ParkedEventTable {
  private static final UUID END = new UUID(-1, -1);

  private static final String SELECT =
      """
      SELECT id, service, event_id, topic, key, type, subject, occurred_at, reason, parked_at, data,
        state, attempts, asked_at, replayed_at, refused
      FROM parked_events
      """;

  /// News that come again change nothing; of a deleted task nothing is shown.
  private static final String INSERT =
      """
      INSERT INTO parked_events (id, service, event_id, topic, key, type, subject, occurred_at,
        reason, parked_at, data, state)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CASE WHEN EXISTS (
        SELECT FROM tasks WHERE id = ? AND deleted_at IS NOT NULL) THEN NULL ELSE ? END, 'PARKED')
      ON CONFLICT (service, event_id) DO NOTHING
      """;

  private static final String FIRST_BEFORE =
      """
      SELECT id FROM parked_events
      WHERE state <> 'REPLAYED' AND service = ? AND topic = ? AND key = ? AND id < ?
      ORDER BY id LIMIT 1
      """;

  private static final String ASK =
      "UPDATE parked_events SET state = 'REPLAYING', asked_at = ? WHERE id = ?";

  private static final String REPLAYED =
      """
      UPDATE parked_events SET state = 'REPLAYED', attempts = ?, replayed_at = ?, refused = ?
      WHERE service = ? AND event_id = ? AND state <> 'REPLAYED'
      """;

  private static final String FAILED =
      """
      UPDATE parked_events SET state = 'PARKED', attempts = greatest(attempts, ?), reason = ?
      WHERE service = ? AND event_id = ? AND state <> 'REPLAYED'
      """;

  private final Database database;

  ParkedEventTable(Database database) {
    this.database = database;
  }

  List<ParkedEvent> page(Filter filter, @Nullable UUID before, int limit) {
    StringBuilder sql = new StringBuilder(SELECT).append("WHERE id < ?");
    List<Object> values = new ArrayList<>(List.of(before == null ? END : before));
    add(sql, values, " AND service = ?", filter.service());
    add(sql, values, " AND topic = ?", filter.topic());
    add(sql, values, " AND position(lower(?) IN lower(reason)) > 0", filter.reason());
    add(sql, values, " AND state = ?", filter.state() == null ? null : filter.state().name());
    sql.append(" ORDER BY id DESC LIMIT ?");
    values.add(limit);
    return database.query(sql.toString(), ParkedEventTable::map, values.toArray());
  }

  private static void add(
      StringBuilder sql, List<Object> values, String condition, @Nullable String value) {
    if (value != null) {
      sql.append(condition);
      values.add(value);
    }
  }

  Optional<ParkedEvent> find(UUID id) {
    return first(database.query(SELECT + "WHERE id = ?", ParkedEventTable::map, id));
  }

  Optional<ParkedEvent> lock(UUID id) {
    return first(
        database.query(SELECT + "WHERE id = ? FOR NO KEY UPDATE", ParkedEventTable::map, id));
  }

  /// The first of those that it waits behind.
  Optional<UUID> firstBefore(ParkedEvent parked) {
    return first(
        database.query(
            FIRST_BEFORE,
            row -> Database.requiredUuid(row, "id"),
            parked.service(),
            parked.topic(),
            parked.key(),
            parked.id()));
  }

  void insert(UUID id, News news) {
    database.update(
        INSERT,
        id,
        news.service(),
        news.eventId(),
        news.topic(),
        news.key(),
        news.type(),
        news.subject(),
        news.occurredAt(),
        news.reason(),
        news.parkedAt(),
        news.task(),
        news.data());
  }

  void ask(UUID id, Instant now) {
    database.update(ASK, now, id);
  }

  void replayed(String service, UUID eventId, int attempts, Instant at, @Nullable String refused) {
    database.update(REPLAYED, attempts, at, refused, service, eventId);
  }

  void failed(String service, UUID eventId, int attempts, String reason) {
    database.update(FAILED, attempts, reason, service, eventId);
  }

  private static <T> Optional<T> first(List<T> found) {
    return found.stream().findFirst();
  }

  private static ParkedEvent map(ResultSet row) throws SQLException {
    return new ParkedEvent(
        Database.requiredUuid(row, "id"),
        row.getString("service"),
        Database.requiredUuid(row, "event_id"),
        row.getString("topic"),
        row.getString("key"),
        row.getString("type"),
        row.getString("subject"),
        Database.requiredInstant(row, "occurred_at"),
        row.getString("reason"),
        Database.requiredInstant(row, "parked_at"),
        row.getString("data"),
        State.valueOf(row.getString("state")),
        row.getInt("attempts"),
        Database.instant(row, "asked_at"),
        Database.instant(row, "replayed_at"),
        row.getString("refused"));
  }
}
