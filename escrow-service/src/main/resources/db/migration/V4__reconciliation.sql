-- Since when money is held, and when task-service is to be asked about it next.
ALTER TABLE holds ADD COLUMN held_at timestamptz, ADD COLUMN ask_at timestamptz;
UPDATE holds h SET
  held_at = (SELECT occurred_at FROM transfers WHERE kind = 'HOLD' AND reference = h.task_id::text),
  ask_at = CASE WHEN state IN ('HELD', 'FROZEN') THEN changed_at END;
ALTER TABLE holds
  ADD CONSTRAINT holds_held_say_since_when CHECK ((held > 0) = (held_at IS NOT NULL)),
  ADD CONSTRAINT holds_open_are_asked_about
    CHECK ((state IN ('HELD', 'FROZEN')) = (ask_at IS NOT NULL));
CREATE INDEX holds_ask_at ON holds (ask_at) WHERE ask_at IS NOT NULL;
-- The oldest open hold, and the sum of all.
CREATE INDEX holds_open ON holds (held_at) INCLUDE (held, released, refunded) WHERE ask_at IS NOT NULL;

-- What was asked about a task's money, what came back, and what that did, in order.
CREATE TABLE reconciliations (
  task_id     uuid PRIMARY KEY REFERENCES tasks,
  asks        integer NOT NULL CHECK (asks > 0),
  asked_at    timestamptz NOT NULL,
  answered_at timestamptz,
  status      text,
  did         text[] NOT NULL DEFAULT '{}',
  CONSTRAINT reconciliations_answered_say_what CHECK ((answered_at IS NULL) = (status IS NULL))
);
CREATE INDEX reconciliations_by_time ON reconciliations (asked_at DESC, task_id DESC);
REVOKE DELETE, TRUNCATE ON reconciliations FROM "${runner}";
