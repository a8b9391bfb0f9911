CREATE TABLE subjects (key text PRIMARY KEY);

CREATE TABLE effects (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key      text NOT NULL,
  number   int  NOT NULL,
  trace_id text NOT NULL
);

-- What a request with an Idempotency-Key makes.
CREATE TABLE tickets (key text NOT NULL, secret text NOT NULL);
