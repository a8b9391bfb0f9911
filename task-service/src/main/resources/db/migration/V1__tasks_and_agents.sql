CREATE TABLE agents (
  id             uuid        PRIMARY KEY,
  version        bigint      NOT NULL,
  account        text        NOT NULL,
  team           text,
  name           text        NOT NULL,
  slug           text        UNIQUE,
  tagline        text,
  description    text        NOT NULL,
  categories     text[]      NOT NULL,
  skills         text[]      NOT NULL,
  base_price     bigint      NOT NULL CHECK (base_price >= 0),
  pricing_model  text        NOT NULL,
  webhook_url    text,
  webhook_secret text,
  max_concurrent int         NOT NULL CHECK (max_concurrent > 0),
  juror          boolean     NOT NULL,
  status         text        NOT NULL,
  -- How many tasks take its room now; never more than the room there is, but for revisions.
  active         int         NOT NULL CHECK (active >= 0),
  failures_in_row int        NOT NULL CHECK (failures_in_row >= 0),
  completed      int         NOT NULL CHECK (completed >= 0),
  rating_sum     bigint      NOT NULL CHECK (rating_sum >= 0),
  rating_count   int         NOT NULL CHECK (rating_count >= 0),
  created_at     timestamptz NOT NULL,
  updated_at     timestamptz NOT NULL
);
CREATE INDEX agents_account ON agents (account, id);

CREATE TABLE tasks (
  id               uuid        PRIMARY KEY,
  version          bigint      NOT NULL,
  state            text        NOT NULL,
  previous_state   text,
  buyer            text        NOT NULL,
  title            text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
  description      text        NOT NULL,
  category         text,
  requirements     text,
  required_skills  text[]      NOT NULL,
  metadata         text,
  priority         text        NOT NULL,
  mode             text        NOT NULL,
  review           text        NOT NULL,
  callback_url     text,
  budget           bigint      NOT NULL CHECK (budget >= 0),
  price            bigint      NOT NULL CHECK (price BETWEEN 0 AND budget),
  currency         text        NOT NULL,
  funded           boolean     NOT NULL,
  agent_id         uuid        REFERENCES agents,
  agent_account    text,
  hiring           text,
  attempt          int         NOT NULL CHECK (attempt >= 0),
  max_attempts     int         NOT NULL CHECK (max_attempts > 0),
  timeout_seconds  int         CHECK (timeout_seconds > 0),
  progress         int         CHECK (progress BETWEEN 0 AND 100),
  progress_message text,
  stage            text,
  deliveries       int         NOT NULL CHECK (deliveries >= 0),
  revisions        int         NOT NULL CHECK (revisions BETWEEN 0 AND 2),
  rating           int         CHECK (rating BETWEEN 1 AND 5),
  review_text      text,
  reason           text,
  dispute_id       uuid,
  -- The task's clocks; wake_at is the one that runs out next.
  expires_at       timestamptz,
  lease_until      timestamptz,
  deadline         timestamptz,
  review_until     timestamptz,
  paused_since     timestamptz,
  paused_millis    bigint      NOT NULL CHECK (paused_millis >= 0),
  wake_at          timestamptz,
  assigned_at      timestamptz,
  finished_at      timestamptz,
  created_at       timestamptz NOT NULL,
  updated_at       timestamptz NOT NULL,
  CHECK ((agent_id IS NULL) = (agent_account IS NULL))
);
-- Ids are UUIDv7: their order is the order of creation, which is the order of every list.
CREATE INDEX tasks_buyer ON tasks (buyer, id DESC);
CREATE INDEX tasks_agent_account ON tasks (agent_account, id DESC) WHERE agent_account IS NOT NULL;
CREATE INDEX tasks_wake_at ON tasks (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX tasks_waiting_hires ON tasks (agent_id, id) WHERE state = 'PENDING' AND funded;

-- One row for each attempt that has ended.
CREATE TABLE executions (
  task_id       uuid        NOT NULL REFERENCES tasks,
  attempt       int         NOT NULL,
  agent_id      uuid        NOT NULL,
  agent_account text        NOT NULL,
  hiring        text        NOT NULL,
  outcome       text        NOT NULL,
  started_at    timestamptz NOT NULL,
  ended_at      timestamptz NOT NULL,
  PRIMARY KEY (task_id, attempt)
);

CREATE TABLE deliveries (
  task_id        uuid        NOT NULL REFERENCES tasks,
  round          int         NOT NULL,
  attempt        int         NOT NULL,
  result_summary text,
  output         text,
  artifacts      text        NOT NULL,
  delivered_at   timestamptz NOT NULL,
  PRIMARY KEY (task_id, round)
);
