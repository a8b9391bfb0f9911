-- Money on its way out, and money on top of a price.

ALTER TABLE transfers
  ADD COLUMN note text CHECK (char_length(note) BETWEEN 1 AND 1000),
  DROP CONSTRAINT transfers_kind_check,
  ADD CONSTRAINT transfers_kind_check CHECK (kind IN (
    'DEPOSIT', 'HOLD', 'PARTIAL_REFUND', 'RELEASE', 'REFUND', 'SETTLEMENT', 'TIP', 'BONUS',
    'WITHDRAWAL', 'WITHDRAWAL_CONFIRMED', 'WITHDRAWAL_REJECTED')),
  DROP CONSTRAINT transfers_of_tasks_name_them,
  ADD CONSTRAINT transfers_of_tasks_name_them CHECK (
    (kind IN ('DEPOSIT', 'WITHDRAWAL', 'WITHDRAWAL_CONFIRMED', 'WITHDRAWAL_REJECTED')) = (task_id IS NULL));
-- A withdrawal is confirmed or rejected, once.
CREATE UNIQUE INDEX transfers_close_a_withdrawal_once ON transfers (reference)
  WHERE kind IN ('WITHDRAWAL_CONFIRMED', 'WITHDRAWAL_REJECTED');

-- What somebody wants paid out. From the request on the amount is in the account's PENDING_WITHDRAWAL.
CREATE TABLE withdrawals (
  id           uuid   PRIMARY KEY,
  account      text   NOT NULL COLLATE "C",
  currency     text   NOT NULL CHECK (currency IN ('USDC')),
  amount       bigint NOT NULL CHECK (amount > 0),
  destination  text   NOT NULL,
  provider     text   NOT NULL,
  state        text   NOT NULL CHECK (state IN ('PENDING', 'CONFIRMED', 'REJECTED')),
  requested_at timestamptz NOT NULL,
  decided_at   timestamptz,
  decided_by   text,
  reason       text,
  CONSTRAINT withdrawals_are_decided_by_somebody
    CHECK ((state = 'PENDING') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL))
);
CREATE INDEX withdrawals_of_account ON withdrawals (account, id);
CREATE INDEX withdrawals_by_state ON withdrawals (state, id);
REVOKE UPDATE, DELETE, TRUNCATE ON withdrawals FROM "${runner}";
GRANT UPDATE (state, decided_at, decided_by, reason) ON withdrawals TO "${runner}";

-- Double entry, and each kind of transfer takes and gives where it may and nowhere else.
CREATE OR REPLACE FUNCTION refuse_unbalanced_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  offender uuid;
BEGIN
  SELECT e.transfer_id INTO offender
  FROM written e JOIN accounts a ON a.id = e.account_id
  GROUP BY e.transfer_id
  HAVING sum(e.amount) <> 0 OR min(a.currency) <> max(a.currency)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the entries of transfer % do not sum to zero in one currency', offender
      USING ERRCODE = 'check_violation';
  END IF;
  SELECT e.transfer_id INTO offender
  FROM written e
  JOIN accounts a ON a.id = e.account_id
  JOIN transfers t ON t.id = e.transfer_id
  WHERE (t.kind, a.kind, sign(e.amount)::integer) NOT IN (VALUES
    ('DEPOSIT', 'OUTSIDE', -1), ('DEPOSIT', 'WALLET', 1),
    ('HOLD', 'WALLET', -1), ('HOLD', 'ESCROW', 1),
    ('PARTIAL_REFUND', 'ESCROW', -1), ('PARTIAL_REFUND', 'WALLET', 1),
    ('RELEASE', 'ESCROW', -1), ('RELEASE', 'WALLET', 1), ('RELEASE', 'FEE', 1),
    ('REFUND', 'ESCROW', -1), ('REFUND', 'WALLET', 1),
    ('SETTLEMENT', 'ESCROW', -1), ('SETTLEMENT', 'WALLET', 1), ('SETTLEMENT', 'FEE', 1),
    ('TIP', 'WALLET', -1), ('TIP', 'WALLET', 1),
    ('BONUS', 'WALLET', -1), ('BONUS', 'WALLET', 1),
    ('WITHDRAWAL', 'WALLET', -1), ('WITHDRAWAL', 'PENDING_WITHDRAWAL', 1),
    ('WITHDRAWAL_CONFIRMED', 'PENDING_WITHDRAWAL', -1), ('WITHDRAWAL_CONFIRMED', 'OUTSIDE', 1),
    ('WITHDRAWAL_REJECTED', 'PENDING_WITHDRAWAL', -1), ('WITHDRAWAL_REJECTED', 'WALLET', 1))
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'transfer % moves money where its kind must not', offender
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

-- A task's escrow account has what its hold says, whenever a transaction commits: looked at from both sides.
CREATE FUNCTION refuse_escrow_unlike_hold(task uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  said bigint;
  there bigint;
BEGIN
  SELECT coalesce(sum(held - released - refunded), 0) INTO said FROM holds WHERE task_id = task;
  SELECT coalesce(sum(balance), 0) INTO there FROM accounts
  WHERE kind = 'ESCROW' AND owner = task::text;
  IF said <> there THEN
    RAISE EXCEPTION 'the hold of task % says % and its escrow account has %', task, said, there
      USING ERRCODE = 'check_violation';
  END IF;
END $$;

CREATE OR REPLACE FUNCTION refuse_empty_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM entries WHERE transfer_id = NEW.id) THEN
    RAISE EXCEPTION 'transfer % has no entries', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.task_id IS NOT NULL THEN
    PERFORM refuse_escrow_unlike_hold(NEW.task_id);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION refuse_hold_unlike_escrow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse_escrow_unlike_hold(NEW.task_id);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER holds_match_escrow_when_new AFTER INSERT ON holds
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.held > 0)
  EXECUTE FUNCTION refuse_hold_unlike_escrow();
CREATE CONSTRAINT TRIGGER holds_match_escrow AFTER UPDATE ON holds
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.held, OLD.released, OLD.refunded) IS DISTINCT FROM (NEW.held, NEW.released, NEW.refunded))
  EXECUTE FUNCTION refuse_hold_unlike_escrow();

-- A pending account has what the open withdrawals of its owner come to.
CREATE FUNCTION refuse_pending_unlike_withdrawals() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  asked bigint;
  there bigint;
BEGIN
  SELECT coalesce(sum(amount), 0) INTO asked FROM withdrawals
  WHERE account = NEW.account AND currency = NEW.currency AND state = 'PENDING';
  SELECT coalesce(sum(balance), 0) INTO there FROM accounts
  WHERE kind = 'PENDING_WITHDRAWAL' AND owner = NEW.account AND currency = NEW.currency;
  IF asked <> there THEN
    RAISE EXCEPTION 'the withdrawals of % come to % and % is pending', NEW.account, asked, there
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER withdrawals_match_pending AFTER INSERT OR UPDATE ON withdrawals
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_pending_unlike_withdrawals();
