package dev.earnest.messaging.domain;

import dev.earnest.messaging.domain.Database.Longs;
import dev.earnest.messaging.domain.Database.Texts;
import dev.earnest.messaging.domain.Database.Uuids;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The table of what is known of tasks.
@ApplicationScoped
public class TaskHeads {
  static final String COLUMNS =
      """
      t.id, t.version, t.buyer, t.agent, t.agent_account, t.team, t.assignees, t.followers,
      t.title, t.status, t.previous_status, t.status_at, t.attempt, t.callback_url,
      t.timeline_seq, t.stream_start, t.stream_id, t.done_id, t.deleted_at
      """;

  /// Makes the rows that are missing and locks them all, in one order, in one round trip. The
  /// update that changes nothing is what takes the lock.
  private static final String LOCK =
      """
      INSERT INTO tasks AS t (id, stream_start, stream_id)
      SELECT id, start, start FROM unnest(?, ?) AS asked (id, start) ORDER BY id
      ON CONFLICT (id) DO UPDATE SET id = EXCLUDED.id
      RETURNING
      """
          + COLUMNS;

  private static final String SAVE =
      """
      UPDATE tasks SET version = ?, buyer = ?, agent = ?, agent_account = ?, team = ?,
        assignees = ?, followers = ?, title = ?, status = ?, previous_status = ?, status_at = ?,
        attempt = ?, callback_url = ?, timeline_seq = ?, stream_id = ?, done_id = ?
      WHERE id = ?
      """;

  private static final String SAVE_COUNTERS =
      "UPDATE tasks SET timeline_seq = ?, stream_id = ? WHERE id = ?";

  private final Database database;

  TaskHeads(Database database) {
    this.database = database;
  }

  /// A task that task-service has spoken of.
  public Optional<TaskHead> find(UUID id) {
    String select =
        "SELECT "
            + COLUMNS
            + " FROM tasks t WHERE t.id = ? AND t.version > 0"
            + " AND t.deleted_at IS NULL";
    return database.query(select, TaskHeads::map, id).stream().findFirst();
  }

  Map<UUID, TaskHead> lock(Collection<UUID> ids) {
    List<UUID> distinct = ids.stream().distinct().toList();
    Longs starts = new Longs(distinct.stream().map(StreamIds::start).toList());
    return database.query(LOCK, TaskHeads::map, new Uuids(distinct), starts).stream()
        .collect(Collectors.toMap(TaskHead::id, Function.identity()));
  }

  void save(Collection<TaskHead> heads) {
    database.batch(
        SAVE_COUNTERS,
        heads.stream()
            .filter(head -> head.state() == null)
            .map(head -> Database.values(head.timelineSeq(), head.streamId(), head.id()))
            .toList());
    database.batch(
        SAVE, heads.stream().filter(head -> head.state() != null).map(TaskHeads::row).toList());
  }

  private static @Nullable Object[] row(TaskHead head) {
    TaskState state = java.util.Objects.requireNonNull(head.state());
    return Database.values(
        head.version(),
        state.buyer(),
        state.agent(),
        state.agentAccount(),
        state.team(),
        new Texts(state.assignees()),
        new Texts(state.followers()),
        state.title(),
        state.status(),
        state.previousStatus(),
        head.statusAt(),
        state.attempt(),
        state.callbackUrl(),
        head.timelineSeq(),
        head.streamId(),
        head.doneId(),
        head.id());
  }

  static TaskHead map(ResultSet row) throws SQLException {
    long version = row.getLong("version");
    long doneId = row.getLong("done_id");
    @Nullable Long done = row.wasNull() ? null : (Long) doneId;
    return new TaskHead(
        Database.requiredUuid(row, "id"),
        version,
        version == 0 ? null : state(row),
        Database.instant(row, "status_at"),
        row.getLong("timeline_seq"),
        row.getLong("stream_start"),
        row.getLong("stream_id"),
        done,
        row.getTimestamp("deleted_at") != null);
  }

  private static TaskState state(ResultSet row) throws SQLException {
    return new TaskState(
        Database.requiredUuid(row, "id"),
        row.getString("buyer"),
        Database.uuid(row, "agent"),
        row.getString("agent_account"),
        row.getString("team"),
        Database.texts(row, "assignees"),
        Database.texts(row, "followers"),
        row.getString("title"),
        row.getString("status"),
        row.getString("previous_status"),
        row.getInt("attempt"),
        row.getString("callback_url"),
        row.getLong("version"));
  }
}
