-- The running role gets what a service needs on every table of the owner; a migration takes back what it must not have.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "${runner}";
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO "${runner}";

-- Events on their way to Kafka. A row is written in the transaction of the change it tells of, and deleted when
-- the broker has acknowledged it. All events of a key share a lane; whoever holds the lane's lock publishes it.
CREATE TABLE outbox (
  position    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  lane        smallint    NOT NULL,
  event_id    uuid        NOT NULL,
  topic       text        NOT NULL,
  key         text        NOT NULL,
  type        text        NOT NULL,
  subject     text        NOT NULL,
  occurred_at timestamptz NOT NULL,
  traceparent text,
  data        bytea       NOT NULL
);

-- Events that have had their effect. A row is written in the transaction of that effect, so a duplicate changes nothing.
CREATE TABLE inbox (
  event_id    uuid        PRIMARY KEY,
  received_at timestamptz NOT NULL,
  refused     text
);
CREATE INDEX inbox_received_at ON inbox (received_at);

-- Events that could not be handled, and those that wait behind them with the same key.
CREATE TABLE dead_letters (
  position    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id    uuid        NOT NULL UNIQUE,
  topic       text        NOT NULL,
  key         text        NOT NULL,
  type        text        NOT NULL,
  subject     text        NOT NULL,
  occurred_at timestamptz NOT NULL,
  traceparent text,
  data        bytea       NOT NULL,
  reason      text        NOT NULL,
  parked_at   timestamptz NOT NULL,
  replayed_at timestamptz
);
CREATE INDEX dead_letters_parked ON dead_letters (key, position) WHERE replayed_at IS NULL;
