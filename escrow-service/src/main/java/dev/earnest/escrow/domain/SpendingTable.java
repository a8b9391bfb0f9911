package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was spent today: a row for each account and API key that ever spent.
@ApplicationScoped
class SpendingTable {
  /// Makes, locks and reads in one round trip: an update that changes nothing locks the row too.
  private static final String LOCK =
      """
      INSERT INTO spending AS s (kind, spender, day, spent)
      SELECT k.kind, k.spender, DATE '1970-01-01', 0
      FROM unnest(?::text[], ?::text[]) AS k (kind, spender)
      ORDER BY k.kind COLLATE "C", k.spender COLLATE "C"
      ON CONFLICT (kind, spender) DO UPDATE SET spent = s.spent
      RETURNING s.kind, s.spender, s.day, s.spent,
        (SELECT c.per_task FROM spend_caps c WHERE s.kind = 'ACCOUNT' AND c.account = s.spender),
        (SELECT c.per_day FROM spend_caps c WHERE s.kind = 'ACCOUNT' AND c.account = s.spender)
      """;

  private static final String WRITE =
      """
      UPDATE spending s SET day = n.day, spent = n.spent
      FROM unnest(?::text[], ?::text[], ?::date[], ?::bigint[]) AS n (kind, spender, day, spent)
      WHERE s.kind = n.kind AND s.spender = n.spender
      """;

  private final Sql sql;

  SpendingTable(Sql sql) {
    this.sql = sql;
  }

  /// Locks the rows of these spenders until the transaction ends. It comes after the tasks' locks
  /// and before the accounts'.
  Map<Spender.Id, Spending.Standing> lock(Collection<Spender> spenders) {
    Map<Spender.Id, Spending.Standing> standings = new HashMap<>();
    if (spenders.isEmpty()) {
      return standings;
    }
    List<Spender.Id> ids = spenders.stream().map(Spender::id).distinct().toList();
    sql.query(LOCK, row -> standings.put(id(row), standing(row)), kinds(ids), names(ids));
    return standings;
  }

  void write(Spending spending) {
    Map<Spender.Id, Spending.Standing> changed = spending.changed();
    if (changed.isEmpty()) {
      return;
    }
    List<Spender.Id> ids = List.copyOf(changed.keySet());
    List<Spending.Standing> standings = List.copyOf(changed.values());
    sql.update(
        WRITE,
        kinds(ids),
        names(ids),
        Sql.Column.of("date", standings, Spending.Standing::day),
        Sql.Column.of("bigint", standings, Spending.Standing::spent));
  }

  private static Sql.Column kinds(List<Spender.Id> ids) {
    return Sql.Column.of("text", ids, id -> id.kind().name());
  }

  private static Sql.Column names(List<Spender.Id> ids) {
    return Sql.Column.of("text", ids, Spender.Id::name);
  }

  private static Spender.Id id(ResultSet row) throws SQLException {
    return new Spender.Id(Spender.Kind.valueOf(row.getString(1)), row.getString(2));
  }

  private static Spending.Standing standing(ResultSet row) throws SQLException {
    return new Spending.Standing(
        row.getObject(3, LocalDate.class),
        row.getLong(4),
        new SpendCaps(money(row, 5), money(row, 6)));
  }

  static @Nullable Money money(ResultSet row, int column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? null : new Money(micros, Money.USDC);
  }
}
