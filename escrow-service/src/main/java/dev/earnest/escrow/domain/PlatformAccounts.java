package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What all accounts of a kind come to. Those of the platform are spread over shards; their sum is
/// what the platform has.
@ApplicationScoped
public class PlatformAccounts {
  private static final String SUMS =
      """
      SELECT kind, CASE WHEN kind = 'OUTSIDE' THEN split_part(owner, '/', 1) END AS provider,
        currency, sum(balance), count(*)
      FROM accounts
      GROUP BY kind, provider, currency
      ORDER BY kind, provider, currency
      """;

  private final Sql sql;

  PlatformAccounts(Sql sql) {
    this.sql = sql;
  }

  /// @param provider whose outside world it is
  /// @param balance below zero for the outside world: what it has given and not got back
  /// @param accounts over how many rows it is spread
  public record Sum(AccountKind kind, @Nullable String provider, Money balance, long accounts) {}

  /// They sum to zero.
  @Transactional
  public List<Sum> sums() {
    return sql.query(
        SUMS,
        row ->
            new Sum(
                AccountKind.valueOf(row.getString(1)),
                row.getString(2),
                new Money(row.getLong(4), row.getString(3)),
                row.getLong(5)));
  }
}
