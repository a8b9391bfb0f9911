package dev.earnest.escrow.domain;

import dev.earnest.kit.id.JustCreated;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.KnownTeams;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the people of a task see of its money.
@ApplicationScoped
public class Payments {
  private static final String TRANSFERS =
      """
      SELECT t.id, t.kind, t.occurred_at, a.kind, a.owner, a.currency, e.amount, t.note
      FROM transfers t
      JOIN entries e ON e.transfer_id = t.id
      JOIN accounts a ON a.id = e.account_id
      WHERE t.task_id = ?
      ORDER BY t.position, e.amount, a.kind DESC
      """;

  private final TaskRepository tasks;
  private final JustCreated justCreated;
  private final KnownTeams teams;
  private final Sql sql;

  Payments(TaskRepository tasks, JustCreated justCreated, KnownTeams teams, Sql sql) {
    this.teams = teams;
    this.tasks = tasks;
    this.justCreated = justCreated;
    this.sql = sql;
  }

  /// The money of a task, as far back as it goes.
  ///
  /// @throws Refusal 404 when there is no such task, or not for this caller: of both, a young one is waited
  ///     for as long, so that how long it takes tells nothing
  public TaskPayments of(UUID task, Caller caller) {
    return justCreated
        .find(
            task,
            () ->
                QuarkusTransaction.requiringNew()
                    .call(() -> read(task))
                    .filter(found -> isVisible(found.task(), caller)))
        .map(Found::payments)
        .orElseThrow(() -> Refusal.notFound("task"));
  }

  private boolean isVisible(TaskFacts task, Caller caller) {
    return teams.maySee(task.team(), task.isVisibleTo(caller), caller);
  }

  private record Found(TaskFacts task, TaskPayments payments) {}

  /// State and transfers are of one moment.
  private Optional<Found> read(UUID id) {
    sql.readSnapshot();
    return tasks
        .find(id)
        .map(known -> {
          Hold none = Hold.none(id, known.task().buyer(), Money.USDC);
          Hold hold = Objects.requireNonNullElse(known.hold(), none);
          return new Found(known.task(), new TaskPayments(hold, transfers(id)));
        });
  }

  private List<TaskTransfer> transfers(UUID task) {
    Map<UUID, TaskTransfer> transfers = new LinkedHashMap<>();
    sql.query(
        TRANSFERS,
        row -> transfers.merge(row.getObject(1, UUID.class), one(row), Payments::both),
        task);
    return List.copyOf(transfers.values());
  }

  private static TaskTransfer both(TaskTransfer first, TaskTransfer second) {
    List<TaskTransfer.Side> sides = new ArrayList<>(first.sides());
    sides.addAll(second.sides());
    return new TaskTransfer(first.id(), first.kind(), first.note(), first.occurredAt(), sides);
  }

  private static TaskTransfer one(ResultSet row) throws SQLException {
    AccountKind kind = AccountKind.valueOf(row.getString(4));
    @Nullable String account = kind == AccountKind.WALLET ? row.getString(5) : null;
    Money amount = new Money(row.getLong(7), row.getString(6));
    Instant occurredAt = row.getTimestamp(3).toInstant();
    return new TaskTransfer(
        row.getObject(1, UUID.class),
        TransferKind.valueOf(row.getString(2)),
        row.getString(8),
        occurredAt,
        List.of(new TaskTransfer.Side(kind, account, amount)));
  }
}
