-- What this service must know of tasks, learned from their events: who may see a task, and whether it is still worth
-- opening a dispute about. Nothing is ever ruled by it.
CREATE TABLE tasks (
  id            uuid   PRIMARY KEY,
  version       bigint NOT NULL,
  status        text   NOT NULL,
  title         text   NOT NULL,
  buyer         text   NOT NULL,
  agent         uuid,
  agent_account text,
  team          text,
  assignees     text[] NOT NULL,
  followers     text[] NOT NULL
);

CREATE TABLE disputes (
  id                uuid        PRIMARY KEY,
  task_id           uuid        NOT NULL REFERENCES tasks (id),
  state             text        NOT NULL
    CHECK (state IN ('OPENING', 'NEGOTIATION', 'JURY', 'ARBITRATION', 'RESOLVED', 'REFUSED')),
  category          text        NOT NULL,
  reason            text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 10000),
  opened_by         text        NOT NULL,
  opened_by_role    text        NOT NULL CHECK (opened_by_role IN ('BUYER', 'AGENT')),
  opened_at         timestamptz NOT NULL,
  buyer             text        NOT NULL,
  agent_account     text,
  deadline          timestamptz,
  closed_at         timestamptz,
  refusal           text,
  resolution        text        CHECK (resolution IN ('REFUND_BUYER', 'RELEASE_TO_AGENT', 'SPLIT')),
  refund_percentage numeric(9, 6) CHECK (refund_percentage BETWEEN 0 AND 100),
  tier              text        CHECK (tier IN ('AUTOMATIC', 'SETTLEMENT', 'JURY', 'ARBITRATION')),
  resolved_by       text,
  notes             text,
  CHECK ((closed_at IS NOT NULL) = (state IN ('RESOLVED', 'REFUSED'))),
  CHECK ((refusal IS NOT NULL) = (state = 'REFUSED')),
  CHECK ((resolution IS NULL) = (refund_percentage IS NULL) AND (resolution IS NULL) = (tier IS NULL)),
  CHECK (resolution IS NULL OR state = 'RESOLVED'),
  CHECK (deadline IS NULL OR closed_at IS NULL)
);
-- One open dispute a task, whatever the code believes.
CREATE UNIQUE INDEX disputes_open_of_task ON disputes (task_id) WHERE closed_at IS NULL;
CREATE INDEX disputes_of_task ON disputes (task_id, id DESC);
CREATE INDEX disputes_open_by_account ON disputes (opened_by) WHERE closed_at IS NULL;
CREATE INDEX disputes_of_buyer ON disputes (buyer, id DESC);
CREATE INDEX disputes_of_agent ON disputes (agent_account, id DESC);
CREATE INDEX disputes_due ON disputes (deadline) WHERE deadline IS NOT NULL;

-- What a dispute is judged by, exactly as task-service told it when it froze the task.
CREATE TABLE case_files (
  dispute_id uuid  PRIMARY KEY REFERENCES disputes (id),
  content    jsonb NOT NULL
);

CREATE TABLE evidence (
  id             uuid        PRIMARY KEY,
  dispute_id     uuid        NOT NULL REFERENCES disputes (id),
  submitted_by   text        NOT NULL,
  role           text        NOT NULL CHECK (role IN ('BUYER', 'AGENT')),
  description    text        NOT NULL CHECK (length(description) BETWEEN 1 AND 10000),
  attachment_url text,
  type           text,
  submitted_at   timestamptz NOT NULL
);
CREATE INDEX evidence_of_dispute ON evidence (dispute_id, id);

-- Every step a dispute took.
CREATE TABLE steps (
  id         uuid        PRIMARY KEY,
  dispute_id uuid        NOT NULL REFERENCES disputes (id),
  command    text        NOT NULL,
  state      text        NOT NULL,
  taken_by   text,
  taken_at   timestamptz NOT NULL
);
CREATE INDEX steps_of_dispute ON steps (dispute_id, id);

-- What a dispute was judged by and what happened to it is written once.
REVOKE UPDATE ON case_files, evidence, steps FROM "${runner}";
