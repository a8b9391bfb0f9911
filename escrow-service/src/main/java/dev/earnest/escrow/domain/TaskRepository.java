package dev.earnest.escrow.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earnest.kit.money.Money;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Tasks and their holds.
@ApplicationScoped
class TaskRepository {
  private static final String SELECT =
      """
      SELECT t.id, t.buyer, t.agent_account, t.team, t.readers, t.status, t.version,
        h.buyer, h.payee, h.state, h.refusal, h.currency, h.budget, h.price,
        h.held, h.released, h.refunded, h.fee
      FROM tasks t LEFT JOIN holds h ON h.task_id = t.id
      """;

  private static final String LOCK =
      SELECT + "WHERE t.id = ANY (?::uuid[]) ORDER BY t.id FOR NO KEY UPDATE OF t";

  private static final String FIND = SELECT + "WHERE t.id = ?";

  private static final String WRITE_TASKS =
      """
      INSERT INTO tasks (id, buyer, agent_account, team, readers, status, version, final_at)
      SELECT n.id, n.buyer, n.agent_account, n.team,
        ARRAY (SELECT jsonb_array_elements_text(n.readers::jsonb)),
        n.status, n.version, CASE WHEN n.final THEN ?::timestamptz END
      FROM unnest(
        ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::integer[],
        ?::boolean[]) AS n (id, buyer, agent_account, team, readers, status, version, final)
      ORDER BY n.id
      ON CONFLICT (id) DO UPDATE SET
        buyer = excluded.buyer, agent_account = excluded.agent_account, team = excluded.team,
        readers = excluded.readers, status = excluded.status, version = excluded.version,
        final_at = coalesce(tasks.final_at, excluded.final_at)
      """;

  private static final String WRITE_HOLDS =
      """
      INSERT INTO holds (task_id, buyer, payee, state, refusal, currency, budget, price,
        held, released, refunded, fee, changed_at, held_at, ask_at)
      SELECT n.*, k.now, CASE WHEN n.held > 0 THEN k.now END,
        CASE WHEN n.state IN ('HELD', 'FROZEN') THEN k.ask_at END
      FROM unnest(
        ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[],
        ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
        AS n (task_id, buyer, payee, state, refusal, currency, budget, price,
          held, released, refunded, fee),
        (VALUES (?::timestamptz, ?::timestamptz)) AS k (now, ask_at)
      ORDER BY n.task_id
      ON CONFLICT (task_id) DO UPDATE SET
        payee = excluded.payee, state = excluded.state, price = excluded.price,
        released = excluded.released, refunded = excluded.refunded, fee = excluded.fee,
        changed_at = excluded.changed_at, ask_at = excluded.ask_at
      """;

  private final Sql sql;
  private final InstantSource clock;
  private final ObjectMapper json;
  private final Duration askAfter;

  TaskRepository(
      Sql sql,
      InstantSource clock,
      ObjectMapper json,
      @ConfigProperty(name = "earnest.reconciliation.after") Duration askAfter) {
    this.sql = sql;
    this.clock = clock;
    this.json = json;
    this.askAfter = askAfter;
  }

  /// A task, and its hold where one was asked for.
  record Known(TaskFacts task, @Nullable Hold hold) {}

  Optional<Known> find(UUID id) {
    return sql.query(FIND, TaskRepository::known, id).stream().findFirst();
  }

  /// Locks the known ones of these tasks until the transaction ends.
  List<Known> lock(Collection<UUID> ids) {
    List<UUID> distinct = ids.stream().distinct().toList();
    return sql.query(LOCK, TaskRepository::known, Sql.Column.of("uuid", distinct, id -> id));
  }

  void writeTasks(Collection<TaskFacts> tasks) {
    if (tasks.isEmpty()) {
      return;
    }
    List<TaskFacts> rows = List.copyOf(tasks);
    sql.update(
        WRITE_TASKS,
        clock.instant(),
        Sql.Column.of("uuid", rows, TaskFacts::id),
        Sql.Column.of("text", rows, TaskFacts::buyer),
        Sql.Column.of("text", rows, TaskFacts::agentAccount),
        Sql.Column.of("text", rows, TaskFacts::team),
        Sql.Column.of("text", rows, task -> json(task.readers())),
        Sql.Column.of("text", rows, TaskFacts::status),
        Sql.Column.of("integer", rows, TaskFacts::version),
        Sql.Column.of("boolean", rows, TaskFacts::isFinal));
  }

  void writeHolds(Collection<Hold> holds) {
    if (holds.isEmpty()) {
      return;
    }
    List<Hold> rows = List.copyOf(holds);
    Instant now = clock.instant();
    sql.update(
        WRITE_HOLDS,
        Sql.Column.of("uuid", rows, Hold::task),
        Sql.Column.of("text", rows, Hold::buyer),
        Sql.Column.of("text", rows, Hold::payee),
        Sql.Column.of("text", rows, hold -> hold.state().name()),
        Sql.Column.of("text", rows, Hold::refusal),
        Sql.Column.of("text", rows, Hold::currency),
        Sql.Column.of("bigint", rows, hold -> hold.budget().micros()),
        Sql.Column.of("bigint", rows, hold -> hold.price().micros()),
        Sql.Column.of("bigint", rows, hold -> hold.held().micros()),
        Sql.Column.of("bigint", rows, hold -> hold.released().micros()),
        Sql.Column.of("bigint", rows, hold -> hold.refunded().micros()),
        Sql.Column.of("bigint", rows, hold -> hold.fee().micros()),
        now,
        now.plus(askAfter));
  }

  /// Lists of different lengths do not go through `unnest`; as JSON they do.
  private String json(List<String> texts) {
    try {
      return json.writeValueAsString(texts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a list of texts is always JSON", e);
    }
  }

  private static Known known(ResultSet row) throws SQLException {
    UUID id = row.getObject(1, UUID.class);
    TaskFacts task =
        new TaskFacts(
            id,
            row.getString(2),
            row.getString(3),
            row.getString(4),
            List.of((String[]) row.getArray(5).getArray()),
            row.getString(6),
            row.getInt(7));
    @Nullable String state = row.getString(10);
    return new Known(task, state == null ? null : hold(id, HoldState.valueOf(state), row));
  }

  private static Hold hold(UUID task, HoldState state, ResultSet row) throws SQLException {
    String currency = row.getString(12);
    return new Hold(
        task,
        row.getString(8),
        row.getString(9),
        state,
        row.getString(11),
        new Money(row.getLong(13), currency),
        new Money(row.getLong(14), currency),
        new Money(row.getLong(15), currency),
        new Money(row.getLong(16), currency),
        new Money(row.getLong(17), currency),
        new Money(row.getLong(18), currency));
  }
}
