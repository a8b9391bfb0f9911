package dev.earnest.messaging.domain;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Every event of every task, from every service; append-only.
@ApplicationScoped
public class Timeline {
  private static final String APPEND =
      """
      INSERT INTO timeline (task, seq, source, type, severity, occurred_at, data)
      VALUES (?, ?, ?, ?, ?, ?, ?::json)
      """;

  private static final String PAGE =
      """
      SELECT task, seq, source, type, severity, occurred_at, data
      FROM timeline WHERE task = ? AND seq > ? ORDER BY seq LIMIT ?
      """;

  private static final String FIRST =
      """
      SELECT task, seq, source, type, severity, occurred_at, data
      FROM timeline WHERE task = ? AND type = ? ORDER BY seq LIMIT 1
      """;

  private final Database database;

  Timeline(Database database) {
    this.database = database;
  }

  /// One event of a task.
  ///
  /// @param seq counts the task's events from 1, without a gap
  /// @param data JSON, as the timeline shows it
  public record Entry(
      UUID task,
      long seq,
      String source,
      String type,
      String severity,
      Instant occurredAt,
      String data) {}

  void append(Collection<Entry> entries) {
    database.batch(
        APPEND,
        entries.stream()
            .map(e ->
                Database.values(
                    e.task(),
                    e.seq(),
                    e.source(),
                    e.type(),
                    e.severity(),
                    e.occurredAt(),
                    e.data()))
            .toList());
  }

  /// At most `limit` entries after one, in order.
  public List<Entry> page(UUID task, long after, int limit) {
    return database.query(PAGE, Timeline::map, task, after, limit);
  }

  /// The first entry of a type.
  public Optional<Entry> first(UUID task, String type) {
    return database.query(FIRST, Timeline::map, task, type).stream().findFirst();
  }

  private static Entry map(ResultSet row) throws SQLException {
    return new Entry(
        Database.requiredUuid(row, "task"),
        row.getLong("seq"),
        row.getString("source"),
        row.getString("type"),
        row.getString("severity"),
        Database.requiredInstant(row, "occurred_at"),
        row.getString("data"));
  }
}
