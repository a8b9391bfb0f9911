package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What people see of their money.
@ApplicationScoped
public class Wallets {
  private static final String FIND =
      """
      SELECT
        coalesce((SELECT balance FROM accounts
          WHERE kind = 'WALLET' AND owner = ? AND currency = ?), 0),
        coalesce((SELECT sum(held - released - refunded) FROM holds
          WHERE buyer = ? AND currency = ? AND state IN ('HELD', 'FROZEN')), 0)
      """;

  /// The ledger's own order, newest first. A cursor is a transfer's id.
  private static final String ENTRIES =
      """
      SELECT t.id, t.kind, CASE WHEN t.task_id IS NULL THEN t.reference END, t.task_id,
        e.amount, e.balance_after, t.occurred_at
      FROM accounts a
      JOIN entries e ON e.account_id = a.id
      JOIN transfers t ON t.id = e.transfer_id
      WHERE a.kind = 'WALLET' AND a.owner = ? AND a.currency = ?
        AND e.account_version < coalesce(
          (SELECT c.account_version FROM entries c
            WHERE c.account_id = a.id AND c.transfer_id = ?::uuid), 9223372036854775807)
      ORDER BY e.account_version DESC
      LIMIT ?
      """;

  private final Sql sql;

  Wallets(Sql sql) {
    this.sql = sql;
  }

  /// A wallet that was never used has nothing.
  @Transactional
  public Wallet find(String account, String currency) {
    return sql.query(
            FIND,
            row ->
                new Wallet(
                    account,
                    new Money(row.getLong(1), currency),
                    new Money(row.getLong(2), currency)),
            account,
            currency,
            account,
            currency)
        .getFirst();
  }

  /// A page of what happened to a wallet, newest first.
  ///
  /// @param after the last transfer of the page before; null for the first page
  @Transactional
  public List<WalletEntry> entries(
      String account, String currency, @Nullable UUID after, int limit) {
    return sql.query(ENTRIES, row -> entry(row, currency), account, currency, after, limit);
  }

  private static WalletEntry entry(ResultSet row, String currency) throws SQLException {
    return new WalletEntry(
        row.getObject(1, UUID.class),
        TransferKind.valueOf(row.getString(2)),
        row.getString(3),
        row.getObject(4, UUID.class),
        new Money(row.getLong(5), currency),
        new Money(row.getLong(6), currency),
        row.getTimestamp(7).toInstant());
  }
}
