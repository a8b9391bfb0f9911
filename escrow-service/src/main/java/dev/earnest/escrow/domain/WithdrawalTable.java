package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Withdrawals as the database has them.
@ApplicationScoped
class WithdrawalTable {
  private static final String SELECT =
      """
      SELECT id, account, amount, currency, destination, provider, state, requested_at, decided_at,
        decided_by, reason
      FROM withdrawals
      """;

  private static final String LOCK = SELECT + "WHERE id = ? FOR NO KEY UPDATE";

  private static final String OF_ACCOUNT =
      SELECT + "WHERE account = ? AND (?::uuid IS NULL OR id < ?::uuid) ORDER BY id DESC LIMIT ?";

  /// Oldest first: whoever has waited longest is next.
  private static final String IN_STATE =
      SELECT + "WHERE state = ? AND (?::uuid IS NULL OR id > ?::uuid) ORDER BY id LIMIT ?";

  private static final String INSERT =
      """
      INSERT INTO withdrawals
        (id, account, amount, currency, destination, provider, state, requested_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String DECIDE =
      "UPDATE withdrawals SET state = ?, decided_at = ?, decided_by = ?, reason = ? WHERE id = ?";

  private final Sql sql;

  WithdrawalTable(Sql sql) {
    this.sql = sql;
  }

  Optional<Withdrawal> lock(UUID id) {
    return sql.query(LOCK, WithdrawalTable::read, id).stream().findFirst();
  }

  List<Withdrawal> of(String account, @Nullable UUID last, int limit) {
    return sql.query(OF_ACCOUNT, WithdrawalTable::read, account, last, last, limit);
  }

  List<Withdrawal> in(Withdrawal.State state, @Nullable UUID last, int limit) {
    return sql.query(IN_STATE, WithdrawalTable::read, state.name(), last, last, limit);
  }

  void insert(Withdrawal withdrawal) {
    sql.update(
        INSERT,
        withdrawal.id(),
        withdrawal.account(),
        withdrawal.amount().micros(),
        withdrawal.amount().currency(),
        withdrawal.destination(),
        withdrawal.provider(),
        withdrawal.state().name(),
        withdrawal.requestedAt());
  }

  void decide(Withdrawal withdrawal) {
    sql.update(
        DECIDE,
        withdrawal.state().name(),
        withdrawal.decidedAt(),
        withdrawal.decidedBy(),
        withdrawal.reason(),
        withdrawal.id());
  }

  private static Withdrawal read(ResultSet row) throws SQLException {
    @Nullable Timestamp decided = row.getTimestamp(9);
    return new Withdrawal(
        row.getObject(1, UUID.class),
        row.getString(2),
        new Money(row.getLong(3), row.getString(4)),
        row.getString(5),
        row.getString(6),
        Withdrawal.State.valueOf(row.getString(7)),
        row.getTimestamp(8).toInstant(),
        decided == null ? null : decided.toInstant(),
        row.getString(10),
        row.getString(11));
  }
}
