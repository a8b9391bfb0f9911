CREATE TABLE subjects (key text PRIMARY KEY);

CREATE TABLE effects (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key      text NOT NULL,
  number   int  NOT NULL,
  trace_id text NOT NULL
);
