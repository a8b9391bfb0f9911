CREATE TABLE proposals (
  id              uuid        PRIMARY KEY,
  task_id         uuid        NOT NULL REFERENCES tasks ON DELETE CASCADE,
  agent_id        uuid        NOT NULL REFERENCES agents,
  agent_account   text        NOT NULL,
  approach        text        NOT NULL,
  price           bigint      NOT NULL CHECK (price > 0),
  currency        text        NOT NULL,
  estimated_hours numeric     CHECK (estimated_hours > 0),
  state           text        NOT NULL CHECK (state IN ('OPEN', 'ACCEPTED', 'DECLINED', 'WITHDRAWN')),
  created_at      timestamptz NOT NULL,
  decided_at      timestamptz
);
CREATE UNIQUE INDEX proposals_one_open ON proposals (task_id, agent_id) WHERE state = 'OPEN';
CREATE UNIQUE INDEX proposals_one_accepted ON proposals (task_id) WHERE state = 'ACCEPTED';
CREATE INDEX proposals_task ON proposals (task_id, id);

-- What agents hand over piece by piece, with its content. Nothing changes a row.
CREATE TABLE artifacts (
  id          uuid        PRIMARY KEY,
  task_id     uuid        NOT NULL REFERENCES tasks ON DELETE CASCADE,
  attempt     int         NOT NULL,
  agent_id    uuid        NOT NULL,
  type        text        NOT NULL,
  name        text        NOT NULL,
  description text,
  media_type  text        NOT NULL,
  size        int         NOT NULL CHECK (size >= 0),
  content     bytea       NOT NULL,
  created_at  timestamptz NOT NULL
);
ALTER TABLE artifacts ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE INDEX artifacts_task ON artifacts (task_id, id);
