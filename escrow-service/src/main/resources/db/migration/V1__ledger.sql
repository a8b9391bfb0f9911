-- The ledger: accounts, transfers, entries. Append-only, double entry, amounts in micro-units of the currency.
-- What may never be is a constraint here, so that no program error can write it.

-- WALLET and PENDING_WITHDRAWAL: owner is an account of people. ESCROW: owner is a task's id.
-- FEE and OUTSIDE are spread over shards, so that no row is touched by every transfer: owner is the shard
-- (for OUTSIDE behind the payment provider's name), and what the platform has is the sum over them.
CREATE TABLE accounts (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind     text   NOT NULL CHECK (kind IN ('WALLET', 'ESCROW', 'PENDING_WITHDRAWAL', 'FEE', 'OUTSIDE')),
  owner    text   NOT NULL COLLATE "C",
  currency text   NOT NULL CHECK (currency IN ('USDC')),
  balance  bigint NOT NULL DEFAULT 0,
  version  bigint NOT NULL DEFAULT 0 CHECK (version >= 0),
  -- The entry that made the balance what it is: none before the first.
  last_entry bigint GENERATED ALWAYS AS (nullif(version, 0)) STORED,
  CONSTRAINT accounts_one_per_owner UNIQUE (kind, owner, currency),
  CONSTRAINT accounts_new_are_empty CHECK (version > 0 OR balance = 0),
  CONSTRAINT accounts_never_below_zero CHECK (balance >= 0 OR kind IN ('FEE', 'OUTSIDE'))
);

-- What the service knows of a task, learned from task.events.
CREATE TABLE tasks (
  id            uuid   PRIMARY KEY,
  buyer         text   NOT NULL,
  agent_account text,
  team          text,
  -- Followers and assignees: accounts and e-mail addresses that may read but not act.
  readers       text[] NOT NULL,
  status        text   NOT NULL,
  version       integer NOT NULL,
  final_at      timestamptz
);

-- The state of a task's money. A task without a budget has no row and reads NONE; so does one whose hold was
-- refused, with the reason. held, released and refunded only grow; what is in escrow is the difference.
CREATE TABLE holds (
  task_id    uuid   PRIMARY KEY REFERENCES tasks,
  buyer      text   NOT NULL,
  payee      text,
  state      text   NOT NULL CHECK (state IN ('NONE', 'HELD', 'FROZEN', 'RELEASED', 'REFUNDED', 'SETTLED')),
  refusal    text,
  currency   text   NOT NULL CHECK (currency IN ('USDC')),
  budget     bigint NOT NULL CHECK (budget > 0),
  price      bigint NOT NULL CHECK (price BETWEEN 0 AND budget),
  held       bigint NOT NULL CHECK (held >= 0),
  released   bigint NOT NULL CHECK (released >= 0),
  refunded   bigint NOT NULL CHECK (refunded >= 0),
  fee        bigint NOT NULL CHECK (fee BETWEEN 0 AND released),
  changed_at timestamptz NOT NULL,
  CONSTRAINT holds_refused_are_none CHECK ((state = 'NONE') = (refusal IS NOT NULL)),
  CONSTRAINT holds_all_or_nothing CHECK (held = CASE WHEN state = 'NONE' THEN 0 ELSE budget END),
  CONSTRAINT holds_pay_no_more_than_held CHECK (released + refunded <= held),
  CONSTRAINT holds_closed_are_empty
    CHECK (state IN ('NONE', 'HELD', 'FROZEN') OR released + refunded = held)
);
CREATE INDEX holds_open_of_buyer ON holds (buyer) WHERE state IN ('HELD', 'FROZEN');

-- A movement of money with its reason. The reference is what it is about: a deposit's own reference, a task's id.
CREATE TABLE transfers (
  id          uuid PRIMARY KEY,
  -- The order of writing; ids of one millisecond have none.
  position    bigint GENERATED ALWAYS AS IDENTITY,
  kind        text NOT NULL
    CHECK (kind IN ('DEPOSIT', 'HOLD', 'PARTIAL_REFUND', 'RELEASE', 'REFUND', 'SETTLEMENT')),
  reference   text NOT NULL,
  task_id     uuid REFERENCES tasks,
  occurred_at timestamptz NOT NULL,
  CONSTRAINT transfers_happen_once UNIQUE (kind, reference),
  CONSTRAINT transfers_of_tasks_name_them CHECK ((kind = 'DEPOSIT') = (task_id IS NULL))
);
CREATE INDEX transfers_of_task ON transfers (task_id, position) WHERE task_id IS NOT NULL;
-- A task's money is paid out once: released, refunded or settled, and nothing after that.
CREATE UNIQUE INDEX transfers_close_a_task_once ON transfers (task_id)
  WHERE kind IN ('RELEASE', 'REFUND', 'SETTLEMENT');

-- What a transfer did to an account. The entries of an account are a chain: each starts with the balance that
-- the one before it left, and the account's balance is what the last one left. So an account always is the sum of
-- its entries, and the three foreign keys say so.
CREATE TABLE entries (
  account_id      bigint NOT NULL REFERENCES accounts,
  account_version bigint NOT NULL CHECK (account_version > 0),
  transfer_id     uuid   NOT NULL REFERENCES transfers,
  amount          bigint NOT NULL CHECK (amount <> 0),
  balance_before  bigint NOT NULL,
  balance_after   bigint NOT NULL,
  previous_entry  bigint GENERATED ALWAYS AS (nullif(account_version - 1, 0)) STORED,
  PRIMARY KEY (account_id, account_version),
  CONSTRAINT entries_add_up CHECK (balance_after = balance_before + amount),
  CONSTRAINT entries_start_at_zero CHECK (account_version > 1 OR balance_before = 0),
  CONSTRAINT entries_once_per_account UNIQUE (transfer_id, account_id),
  CONSTRAINT entries_link UNIQUE (account_id, account_version, balance_after),
  CONSTRAINT entries_follow_the_one_before FOREIGN KEY (account_id, previous_entry, balance_before)
    REFERENCES entries (account_id, account_version, balance_after)
);
ALTER TABLE accounts ADD CONSTRAINT accounts_are_what_the_last_entry_left
  FOREIGN KEY (id, last_entry, balance) REFERENCES entries (account_id, account_version, balance_after);

-- Double entry: whatever statement writes entries writes whole transfers of one currency.
CREATE FUNCTION refuse_unbalanced_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  unbalanced uuid;
BEGIN
  SELECT e.transfer_id INTO unbalanced
  FROM written e JOIN accounts a ON a.id = e.account_id
  GROUP BY e.transfer_id
  HAVING sum(e.amount) <> 0 OR min(a.currency) <> max(a.currency)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the entries of transfer % do not sum to zero in one currency', unbalanced
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER entries_balance AFTER INSERT ON entries
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION refuse_unbalanced_entries();

-- No transfer without entries: looked at when the transaction commits, for the transfer is written first.
CREATE FUNCTION refuse_empty_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM entries WHERE transfer_id = NEW.id) THEN
    RAISE EXCEPTION 'transfer % has no entries', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER transfers_have_entries AFTER INSERT ON transfers
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_empty_transfer();

-- The running role adds to the ledger and never changes what is in it. Of an account it may move the balance on.
REVOKE UPDATE, DELETE, TRUNCATE ON transfers, entries FROM "${runner}";
REVOKE UPDATE, DELETE, TRUNCATE ON accounts FROM "${runner}";
GRANT UPDATE (balance, version) ON accounts TO "${runner}";
REVOKE DELETE, TRUNCATE ON tasks, holds FROM "${runner}";
