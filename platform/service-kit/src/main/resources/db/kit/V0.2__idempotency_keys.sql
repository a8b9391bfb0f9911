-- Answers to requests that carried an Idempotency-Key. A row is written in the transaction of the change, so there is
-- an answer to give again exactly when there was an effect. The answer is sealed: it may hold secrets.
CREATE TABLE idempotency_keys (
  account    text        NOT NULL,
  method     text        NOT NULL,
  path       text        NOT NULL,
  key        text        NOT NULL,
  body_hash  bytea       NOT NULL,
  status     int         NOT NULL CHECK (status BETWEEN 200 AND 299),
  answer     text        NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (account, method, path, key)
);
CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);
