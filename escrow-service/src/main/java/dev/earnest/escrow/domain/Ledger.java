package dev.earnest.escrow.domain;

import dev.earnest.kit.id.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads and writes the ledger, many accounts and transfers in a few statements.
///
/// A transaction locks all accounts that it will touch at once, and always in the order of kind,
/// owner and currency: two transactions wait for each other in one direction only.
@ApplicationScoped
class Ledger {
  private static final String OPEN =
      """
      INSERT INTO accounts (kind, owner, currency)
      SELECT k.kind, k.owner, k.currency
      FROM unnest(?::text[], ?::text[], ?::text[]) AS k (kind, owner, currency)
      WHERE NOT EXISTS (
        SELECT FROM accounts a
        WHERE a.kind = k.kind AND a.owner = k.owner AND a.currency = k.currency)
      ORDER BY k.kind COLLATE "C", k.owner COLLATE "C", k.currency COLLATE "C"
      ON CONFLICT DO NOTHING
      """;

  private static final String LOCK =
      """
      SELECT a.kind, a.owner, a.currency, a.id, a.balance, a.version
      FROM unnest(?::text[], ?::text[], ?::text[]) AS k (kind, owner, currency)
      JOIN accounts a ON a.kind = k.kind AND a.owner = k.owner AND a.currency = k.currency
      ORDER BY a.kind COLLATE "C", a.owner COLLATE "C", a.currency COLLATE "C"
      FOR NO KEY UPDATE OF a
      """;

  private static final String WRITE_TRANSFERS =
      """
      INSERT INTO transfers (id, kind, reference, task_id, note, occurred_at)
      SELECT t.*, ?
      FROM unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[], ?::text[])
        AS t (id, kind, reference, task_id, note)
      """;

  private static final String WRITE_ENTRIES =
      """
      INSERT INTO entries
        (account_id, account_version, transfer_id, amount, balance_before, balance_after)
      SELECT * FROM unnest(
        ?::bigint[], ?::bigint[], ?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[])
      """;

  private static final String WRITE_BALANCES =
      """
      UPDATE accounts a SET balance = n.balance, version = n.version
      FROM unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS n (id, balance, version)
      WHERE a.id = n.id
      """;

  private final Sql sql;
  private final Ids ids;
  private final InstantSource clock;

  Ledger(Sql sql, Ids ids, InstantSource clock) {
    this.sql = sql;
    this.ids = ids;
    this.clock = clock;
  }

  /// Locks accounts until the transaction ends; those that do not exist are opened, empty.
  Book lock(Collection<AccountKey> accounts) {
    Map<AccountKey, Book.Standing> standings = new HashMap<>();
    if (!accounts.isEmpty()) {
      List<AccountKey> keys = accounts.stream().distinct().toList();
      Sql.Column kinds = Sql.Column.of("text", keys, key -> key.kind().name());
      Sql.Column owners = Sql.Column.of("text", keys, AccountKey::owner);
      Sql.Column currencies = Sql.Column.of("text", keys, AccountKey::currency);
      sql.update(OPEN, kinds, owners, currencies);
      sql.query(
          LOCK,
          row ->
              standings.put(
                  new AccountKey(
                      AccountKind.valueOf(row.getString(1)), row.getString(2), row.getString(3)),
                  new Book.Standing(row.getLong(4), row.getLong(5), row.getLong(6))),
          kinds,
          owners,
          currencies);
    }
    return new Book(standings, ids::next);
  }

  /// Writes what was posted, as of now.
  void write(Book book) {
    write(book, clock.instant());
  }

  /// Writes what was posted. Entries go in one statement: the database looks whether they balance.
  ///
  /// @param occurredAt when the transfers are said to have happened
  void write(Book book, Instant occurredAt) {
    List<Book.Posted> posted = book.posted();
    if (posted.isEmpty()) {
      return;
    }
    sql.update(
        WRITE_TRANSFERS,
        occurredAt,
        Sql.Column.of("uuid", posted, Book.Posted::id),
        Sql.Column.of("text", posted, one -> one.transfer().kind().name()),
        Sql.Column.of("text", posted, one -> one.transfer().reference()),
        Sql.Column.of("uuid", posted, one -> one.transfer().task()),
        Sql.Column.of("text", posted, one -> one.transfer().note()));
    List<Book.Entry> entries = book.entries();
    sql.update(
        WRITE_ENTRIES,
        Sql.Column.of("bigint", entries, Book.Entry::account),
        Sql.Column.of("bigint", entries, Book.Entry::version),
        Sql.Column.of("uuid", entries, Book.Entry::transfer),
        Sql.Column.of("bigint", entries, Book.Entry::amount),
        Sql.Column.of("bigint", entries, Book.Entry::before),
        Sql.Column.of("bigint", entries, Book.Entry::after));
    List<Book.Standing> changed = book.changed();
    sql.update(
        WRITE_BALANCES,
        Sql.Column.of("bigint", changed, Book.Standing::id),
        Sql.Column.of("bigint", changed, Book.Standing::balance),
        Sql.Column.of("bigint", changed, Book.Standing::version));
  }
}
