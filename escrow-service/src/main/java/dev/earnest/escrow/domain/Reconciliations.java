package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// The questions about old holds, and what became of them.
@ApplicationScoped
class Reconciliations {
  private static final String DUE =
      """
      SELECT t.id, h.held_at, h.held - h.released - h.refunded, h.currency
      FROM holds h JOIN tasks t ON t.id = h.task_id
      WHERE h.ask_at <= ?
      ORDER BY h.ask_at
      LIMIT ?
      FOR NO KEY UPDATE OF t SKIP LOCKED
      """;

  private static final String ASKED =
      """
      WITH asked AS (
        UPDATE holds SET ask_at = ? WHERE task_id = ANY (?::uuid[]) RETURNING task_id)
      INSERT INTO reconciliations (task_id, asks, asked_at)
      SELECT task_id, 1, ? FROM asked
      ON CONFLICT (task_id) DO UPDATE SET
        asks = reconciliations.asks + 1, asked_at = excluded.asked_at,
        answered_at = NULL, status = NULL
      """;

  private static final String ANSWERED =
      """
      INSERT INTO reconciliations AS r (task_id, asks, asked_at, answered_at, status, did)
      SELECT n.task_id, 1, k.now, k.now, n.status, string_to_array(n.did, ',')
      FROM unnest(?::uuid[], ?::text[], ?::text[]) AS n (task_id, status, did),
        (VALUES (?::timestamptz)) AS k (now)
      ON CONFLICT (task_id) DO UPDATE SET
        answered_at = excluded.answered_at, status = excluded.status, did = r.did || excluded.did
      """;

  private static final String ASK_SOON =
      "UPDATE holds SET ask_at = least(ask_at, ?) WHERE task_id = ANY (?::uuid[])";

  private static final String LIST =
      """
      SELECT r.task_id, r.asks, r.asked_at, r.answered_at, r.status, r.did
      FROM reconciliations r
      WHERE (?::uuid IS NULL OR (r.asked_at, r.task_id) <
        (SELECT c.asked_at, c.task_id FROM reconciliations c WHERE c.task_id = ?::uuid))
      ORDER BY r.asked_at DESC, r.task_id DESC
      LIMIT ?
      """;

  private final Sql sql;
  private final InstantSource clock;
  private final Duration after;
  private final Duration grace;

  Reconciliations(
      Sql sql,
      InstantSource clock,
      @ConfigProperty(name = "earnest.reconciliation.after") Duration after,
      @ConfigProperty(name = "earnest.final-task-grace") Duration grace) {
    this.sql = sql;
    this.clock = clock;
    this.after = after;
    this.grace = grace;
  }

  /// Locks tasks with old holds, those that wait longest first; what another transaction works on is
  /// left alone.
  List<EscrowEvent.StateAsked> due(int most) {
    return sql.query(
        DUE,
        row ->
            new EscrowEvent.StateAsked(
                row.getObject(1, UUID.class),
                row.getTimestamp(2).toInstant(),
                Money.decimal(row.getLong(3)),
                row.getString(4)),
        clock.instant(),
        most);
  }

  /// They are asked about now; the next time is a while from now, should no answer end it.
  void asked(List<UUID> tasks) {
    Instant now = clock.instant();
    sql.update(ASKED, now.plus(after), ids(tasks), now);
  }

  /// @param answers at most one for each task
  void write(Collection<Answer> answers) {
    if (answers.isEmpty()) {
      return;
    }
    List<Answer> rows = List.copyOf(answers);
    sql.update(
        ANSWERED,
        Sql.Column.of("uuid", rows, Answer::task),
        Sql.Column.of("text", rows, Answer::status),
        Sql.Column.of("text", rows, answer -> String.join(",", answer.did())),
        clock.instant());
  }

  /// Money that should have moved by now: asked about before it is old.
  void askSoon(Collection<UUID> tasks) {
    if (!tasks.isEmpty()) {
      sql.update(ASK_SOON, clock.instant().plus(grace), ids(List.copyOf(tasks)));
    }
  }

  /// Newest question first.
  ///
  /// @param last the last task of the page before
  List<Reconciliation> list(@Nullable UUID last, int limit) {
    return sql.query(LIST, Reconciliations::read, last, last, limit);
  }

  private static Sql.Column ids(List<UUID> tasks) {
    return Sql.Column.of("uuid", tasks, id -> id);
  }

  private static Reconciliation read(ResultSet row) throws SQLException {
    @Nullable Timestamp answered = row.getTimestamp(4);
    Array did = row.getArray(6);
    return new Reconciliation(
        row.getObject(1, UUID.class),
        row.getInt(2),
        row.getTimestamp(3).toInstant(),
        answered == null ? null : answered.toInstant(),
        row.getString(5),
        List.of((String[]) did.getArray()));
  }
}
