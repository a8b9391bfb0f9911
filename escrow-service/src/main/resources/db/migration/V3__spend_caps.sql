-- What an account lets itself spend: for one task, and in one day of UTC. Amounts in micro-units of USDC. An API
-- key's caps come with the task that it made.
CREATE TABLE spend_caps (
  account    text PRIMARY KEY COLLATE "C",
  per_task   bigint CHECK (per_task >= 0),
  per_day    bigint CHECK (per_day >= 0),
  changed_at timestamptz NOT NULL
);

-- What an account or an API key has spent on its last day: holds, tips and bonuses. Whoever is to spend locks the
-- row, so that no two decide on one sum. Money that comes back makes no room.
CREATE TABLE spending (
  kind    text   NOT NULL CHECK (kind IN ('ACCOUNT', 'KEY')),
  spender text   NOT NULL COLLATE "C",
  day     date   NOT NULL,
  spent   bigint NOT NULL CHECK (spent >= 0),
  PRIMARY KEY (kind, spender)
);

INSERT INTO spending (kind, spender, day, spent)
SELECT DISTINCT ON (a.owner)
  'ACCOUNT', a.owner, (t.occurred_at AT TIME ZONE 'UTC')::date AS day, -sum(e.amount)
FROM accounts a
JOIN entries e ON e.account_id = a.id
JOIN transfers t ON t.id = e.transfer_id
WHERE a.kind = 'WALLET' AND t.kind IN ('HOLD', 'TIP', 'BONUS') AND e.amount < 0
GROUP BY a.owner, day
ORDER BY a.owner, day DESC;

REVOKE DELETE, TRUNCATE ON spend_caps, spending FROM "${runner}";
