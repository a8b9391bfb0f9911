-- What this service knows of a task (its own copy, from task.events), and the task's two counters. The row's lock
-- is what gives the timeline and the stream of one task their order.
CREATE TABLE tasks (
  id              uuid     PRIMARY KEY,
  version         bigint   NOT NULL DEFAULT 0, -- 0: others spoke of it, task-service has not yet
  buyer           text,
  agent           uuid,
  agent_account   text,
  team            text,
  assignees       text[]   NOT NULL DEFAULT '{}',
  followers       text[]   NOT NULL DEFAULT '{}',
  title           text,
  status          text,
  previous_status text,
  status_at       timestamptz,
  attempt         integer  NOT NULL DEFAULT 0,
  callback_url    text,
  timeline_seq    bigint   NOT NULL DEFAULT 0,
  stream_start    bigint   NOT NULL,           -- where the stream's ids begin: another number for each task
  stream_id       bigint   NOT NULL,           -- the newest id of the stream
  done_id         bigint                       -- the id of its `done`, once the task is final
);

-- Every event of a task, from every service, in the order in which they were heard. Nothing changes a row.
CREATE TABLE timeline (
  task        uuid        NOT NULL,
  seq         bigint      NOT NULL,
  source      text        NOT NULL,
  type        text        NOT NULL,
  severity    text        NOT NULL CHECK (severity IN ('info', 'error', 'critical')),
  occurred_at timestamptz NOT NULL,
  data        json        NOT NULL,
  PRIMARY KEY (task, seq)
);
REVOKE UPDATE ON timeline FROM "${runner}";

-- What open streams of a task are told. Nothing changes a row.
CREATE TABLE stream_events (
  task uuid   NOT NULL,
  id   bigint NOT NULL,
  name text   NOT NULL,
  data text   NOT NULL,
  PRIMARY KEY (task, id)
);
REVOKE UPDATE ON stream_events FROM "${runner}";

-- The agents, from identity.events: whose they are and where they want to be told.
CREATE TABLE agents (
  id             uuid   PRIMARY KEY,
  account        text   NOT NULL,
  name           text   NOT NULL,
  webhook_url    text,
  webhook_secret text, -- sealed
  version        bigint NOT NULL
);

-- An account's secret that signs what goes to its tasks' callback URLs; sealed.
CREATE TABLE signing_secrets (
  account        text        PRIMARY KEY,
  secret         text        NOT NULL,
  previous       text,        -- still valid until previous_until
  previous_until timestamptz,
  created_at     timestamptz NOT NULL
);

-- Somebody's address on the outside. One that answers 410, or fails for five days, is disabled.
CREATE TABLE webhook_endpoints (
  id              uuid        PRIMARY KEY,
  kind            text        NOT NULL CHECK (kind IN ('CALLBACK', 'AGENT')),
  owner           text        NOT NULL,
  agent           uuid,
  url             text        NOT NULL,
  address         text        NOT NULL UNIQUE, -- SHA-256 of kind, owner, agent and url, which may be long
  created_at      timestamptz NOT NULL,
  failing_since   timestamptz,
  disabled_at     timestamptz,
  disabled_reason text
);

-- The queue of deliveries. A worker takes a due row by moving due_at into the future (its lease), so that a row
-- whose worker died becomes due again by itself.
CREATE TABLE webhook_deliveries (
  position     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id           uuid        NOT NULL UNIQUE, -- the webhook-id, the same for every attempt
  endpoint     uuid        NOT NULL REFERENCES webhook_endpoints (id),
  owner        text        NOT NULL,
  task         uuid        NOT NULL,
  type         text        NOT NULL,
  body         text        NOT NULL,
  state        text        NOT NULL CHECK (state IN ('PENDING', 'DELIVERED', 'FAILED', 'DISCARDED')),
  attempts     integer     NOT NULL DEFAULT 0,
  created_at   timestamptz NOT NULL,
  due_at       timestamptz NOT NULL,
  settled_at   timestamptz
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (due_at, endpoint) WHERE state = 'PENDING';
CREATE INDEX webhook_deliveries_untried ON webhook_deliveries (endpoint, task, position)
  WHERE state = 'PENDING' AND attempts = 0;
CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (endpoint) WHERE state = 'PENDING';
CREATE INDEX webhook_deliveries_owner ON webhook_deliveries (owner, id);

-- Every attempt at a delivery. Nothing changes a row.
CREATE TABLE webhook_attempts (
  position    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  delivery    uuid        NOT NULL,
  at          timestamptz NOT NULL,
  millis      bigint      NOT NULL,
  status_code integer,     -- null: no answer
  error       text         -- null: delivered
);
CREATE INDEX webhook_attempts_delivery ON webhook_attempts (delivery, position);
REVOKE UPDATE ON webhook_attempts FROM "${runner}";
