package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// The caps that accounts set for themselves.
@ApplicationScoped
public class SpendLimits {
  private static final String SET =
      """
      INSERT INTO spend_caps (account, per_task, per_day, changed_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (account) DO UPDATE SET
        per_task = excluded.per_task, per_day = excluded.per_day, changed_at = excluded.changed_at
      """;

  private static final String FIND =
      """
      SELECT c.per_task, c.per_day, coalesce(s.spent, 0)
      FROM (VALUES (?, ?::date)) AS k (account, day)
      LEFT JOIN spend_caps c ON c.account = k.account
      LEFT JOIN spending s ON s.kind = 'ACCOUNT' AND s.spender = k.account AND s.day = k.day
      """;

  private final Sql sql;
  private final InstantSource clock;

  SpendLimits(Sql sql, InstantSource clock) {
    this.sql = sql;
    this.clock = clock;
  }

  /// @param spentToday in this day of UTC: holds, tips and bonuses
  public record Limits(SpendCaps caps, Money spentToday) {}

  @Transactional
  public Limits find(String account) {
    return sql.query(
            FIND,
            row ->
                new Limits(
                    new SpendCaps(SpendingTable.money(row, 1), SpendingTable.money(row, 2)),
                    new Money(row.getLong(3), Money.USDC)),
            account,
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
        .getFirst();
  }

  /// Holds and tips that are decided after this keep to it; what was spent stays spent.
  @Transactional
  public Limits set(String account, SpendCaps caps) {
    sql.update(SET, account, micros(caps.perTask()), micros(caps.perDay()), clock.instant());
    return find(account);
  }

  private static @Nullable Long micros(@Nullable Money cap) {
    return cap == null ? null : cap.micros();
  }
}
