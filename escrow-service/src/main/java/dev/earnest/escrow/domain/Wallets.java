package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
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
          WHERE kind = 'WALLET' AND owner = k.owner AND currency = k.currency), 0),
        coalesce((SELECT sum(held - released - refunded) FROM holds
          WHERE buyer = k.owner AND currency = k.currency AND state IN ('HELD', 'FROZEN')), 0),
        coalesce((SELECT balance FROM accounts
          WHERE kind = 'PENDING_WITHDRAWAL' AND owner = k.owner AND currency = k.currency), 0)
      FROM (VALUES (?, ?)) AS k (owner, currency)
      """;

  /// The ledger's own order, newest first. A cursor is a transfer's id.
  private static final String ENTRIES =
      """
      SELECT t.id, t.kind, CASE WHEN t.task_id IS NULL THEN t.reference END, t.task_id, t.note,
        e.amount, e.balance_after, t.occurred_at
      FROM accounts a
      JOIN entries e ON e.account_id = a.id
      JOIN transfers t ON t.id = e.transfer_id
      WHERE a.kind = 'WALLET' AND a.owner = ? AND a.currency = ?
        AND e.account_version < coalesce(
          (SELECT c.account_version FROM entries c
            WHERE c.account_id = a.id AND c.transfer_id = ?::uuid), 9223372036854775807)
        %s
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
                    new Money(row.getLong(2), currency),
                    new Money(row.getLong(3), currency)),
            account,
            currency)
        .getFirst();
  }

  /// A page of what happened to a wallet, newest first.
  ///
  /// @param after the last transfer of the page before; null for the first page
  @Transactional
  public List<WalletEntry> entries(
      String account, String currency, EntryFilter filter, @Nullable UUID after, int limit) {
    List<@Nullable Object> parameters = new ArrayList<>(Arrays.asList(account, currency, after));
    parameters.addAll(filter.parameters());
    parameters.add(limit);
    return sql.query(
        ENTRIES.formatted(filter.sql()), row -> entry(row, currency), parameters.toArray());
  }

  private static WalletEntry entry(ResultSet row, String currency) throws SQLException {
    return new WalletEntry(
        row.getObject(1, UUID.class),
        TransferKind.valueOf(row.getString(2)),
        row.getString(3),
        row.getObject(4, UUID.class),
        row.getString(5),
        new Money(row.getLong(6), currency),
        new Money(row.getLong(7), currency),
        row.getTimestamp(8).toInstant());
  }
}
