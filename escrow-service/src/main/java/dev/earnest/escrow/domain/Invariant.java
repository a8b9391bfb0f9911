package dev.earnest.escrow.domain;

/// What must hold of the ledger at every moment, as the SQL that finds the rows for which it does
/// not. Amounts in the rows are in units of the currency. `:finalBefore` is the one parameter.
enum Invariant {
  ALL_ACCOUNTS_SUM_TO_ZERO(
      """
      SELECT currency, sum(balance) / 1000000 AS sum FROM accounts
      GROUP BY currency HAVING sum(balance) <> 0
      """),

  ACCOUNTS_EQUAL_THEIR_ENTRIES(
      """
      SELECT a.kind, a.owner, a.currency, a.balance / 1000000.0 AS balance,
        coalesce(e.sum, 0) / 1000000 AS entries, a.version, coalesce(e.last, 0) AS last_entry
      FROM accounts a
      LEFT JOIN (
        SELECT account_id, sum(amount) AS sum, max(account_version) AS last
        FROM entries GROUP BY account_id) e ON e.account_id = a.id
      WHERE a.balance <> coalesce(e.sum, 0) OR a.version <> coalesce(e.last, 0)
      """),

  TRANSFERS_SUM_TO_ZERO(
      """
      SELECT t.id, t.kind, t.reference, coalesce(sum(e.amount), 0) / 1000000 AS sum,
        count(e.amount) AS entries
      FROM transfers t LEFT JOIN entries e ON e.transfer_id = t.id
      GROUP BY t.id HAVING coalesce(sum(e.amount), 0) <> 0 OR count(e.amount) < 2
      """),

  BALANCES_HAVE_NO_GAPS(
      """
      SELECT a.kind, a.owner, e.account_version AS version, e.balance_before / 1000000.0 AS before,
        e.left_before / 1000000.0 AS left_before
      FROM (
        SELECT account_id, account_version, balance_before, balance_after, amount,
          lag(balance_after, 1, 0::bigint) OVER account AS left_before,
          lag(account_version, 1, 0::bigint) OVER account AS version_before
        FROM entries
        WINDOW account AS (PARTITION BY account_id ORDER BY account_version)) e
      JOIN accounts a ON a.id = e.account_id
      WHERE e.balance_before <> e.left_before OR e.account_version <> e.version_before + 1
        OR e.balance_after <> e.balance_before + e.amount
      """),

  ESCROW_EQUALS_HOLDS(
      """
      SELECT coalesce(h.task_id::text, a.owner) AS task, h.state,
        (h.held - h.released - h.refunded) / 1000000.0 AS hold, a.balance / 1000000.0 AS escrow
      FROM holds h
      FULL JOIN (SELECT * FROM accounts WHERE kind = 'ESCROW') a
        ON a.owner = h.task_id::text AND a.currency = h.currency
      WHERE coalesce(h.held - h.released - h.refunded, 0) <> coalesce(a.balance, 0)
      """),

  HOLDS_EQUAL_THEIR_TRANSFERS(
      """
      SELECT h.task_id AS task, h.state, h.held / 1000000.0 AS held,
        coalesce(e.held, 0) / 1000000.0 AS moved_in,
        (h.released + h.refunded) / 1000000.0 AS paid, coalesce(e.paid, 0) / 1000000.0 AS moved_out,
        h.fee / 1000000.0 AS fee, coalesce(e.fee, 0) / 1000000.0 AS moved_to_fee
      FROM holds h
      LEFT JOIN (
        SELECT t.task_id,
          sum(e.amount) FILTER (WHERE a.kind = 'ESCROW' AND e.amount > 0) AS held,
          -sum(e.amount) FILTER (WHERE a.kind = 'ESCROW' AND e.amount < 0) AS paid,
          sum(e.amount) FILTER (WHERE a.kind = 'FEE') AS fee
        FROM transfers t
        JOIN entries e ON e.transfer_id = t.id
        JOIN accounts a ON a.id = e.account_id
        WHERE t.task_id IS NOT NULL
        GROUP BY t.task_id) e ON e.task_id = h.task_id
      WHERE h.held <> coalesce(e.held, 0) OR h.released + h.refunded <> coalesce(e.paid, 0)
        OR h.fee <> coalesce(e.fee, 0)
      """),

  NOBODY_IS_BELOW_ZERO(
      """
      SELECT kind, owner, currency, balance / 1000000.0 AS balance FROM accounts
      WHERE balance < 0 AND kind NOT IN ('FEE', 'OUTSIDE')
      """),

  NO_MONEY_HELD_FOR_FINAL_TASKS(
      """
      SELECT t.id AS task, t.status, t.final_at, h.state,
        (h.held - h.released - h.refunded) / 1000000.0 AS held
      FROM tasks t JOIN holds h ON h.task_id = t.id
      WHERE h.state IN ('HELD', 'FROZEN') AND t.final_at < :finalBefore
      """),

  PENDING_EQUALS_WITHDRAWALS(
      """
      SELECT coalesce(w.account, a.owner) AS account, coalesce(w.sum, 0) / 1000000 AS withdrawals,
        coalesce(a.balance, 0) / 1000000.0 AS pending
      FROM (SELECT account, currency, sum(amount) AS sum FROM withdrawals
        WHERE state = 'PENDING' GROUP BY account, currency) w
      FULL JOIN (SELECT * FROM accounts WHERE kind = 'PENDING_WITHDRAWAL') a
        ON a.owner = w.account AND a.currency = w.currency
      WHERE coalesce(w.sum, 0) <> coalesce(a.balance, 0)
      """),

  WITHDRAWALS_EQUAL_THEIR_TRANSFERS(
      """
      SELECT w.id AS withdrawal, w.state, w.amount / 1000000.0 AS amount, t.kinds
      FROM withdrawals w
      LEFT JOIN (
        SELECT t.reference, array_agg(t.kind ORDER BY t.position) AS kinds,
          min(e.amount) AS least, max(e.amount) AS most
        FROM transfers t JOIN entries e ON e.transfer_id = t.id AND e.amount > 0
        WHERE t.kind IN ('WITHDRAWAL', 'WITHDRAWAL_CONFIRMED', 'WITHDRAWAL_REJECTED')
        GROUP BY t.reference) t ON t.reference = w.id::text
      WHERE t.kinds IS DISTINCT FROM CASE w.state
          WHEN 'PENDING' THEN ARRAY['WITHDRAWAL']
          ELSE ARRAY['WITHDRAWAL', 'WITHDRAWAL_' || w.state] END
        OR t.least <> w.amount OR t.most <> w.amount
      """),

  SPENDING_EQUALS_TRANSFERS(
      """
      SELECT s.spender AS account, s.day, s.spent / 1000000.0 AS counted,
        coalesce(e.spent, 0) / 1000000 AS moved
      FROM spending s
      LEFT JOIN LATERAL (
        SELECT -sum(e.amount) AS spent
        FROM accounts a
        JOIN entries e ON e.account_id = a.id AND e.amount < 0
        JOIN transfers t ON t.id = e.transfer_id
        WHERE a.kind = 'WALLET' AND a.owner = s.spender AND t.kind IN ('HOLD', 'TIP', 'BONUS')
          AND t.occurred_at >= s.day::timestamp AT TIME ZONE 'UTC'
          AND t.occurred_at < (s.day + 1)::timestamp AT TIME ZONE 'UTC') e ON true
      WHERE s.kind = 'ACCOUNT' AND s.spent <> coalesce(e.spent, 0)
      """);

  private final String offenders;

  Invariant(String offenders) {
    this.offenders = offenders;
  }

  String offenders() {
    return offenders;
  }
}
