-- Teams, the people in them, and what they plan their work by.
CREATE TABLE teams (
  id         uuid        PRIMARY KEY,
  name       text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
  version    bigint      NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE TABLE team_members (
  team_id   uuid        NOT NULL REFERENCES teams,
  account   text        NOT NULL,
  role      text        NOT NULL CHECK (role IN ('OWNER', 'MEMBER')),
  joined_at timestamptz NOT NULL,
  PRIMARY KEY (team_id, account)
);
CREATE INDEX team_members_account ON team_members (account, team_id);
CREATE TABLE projects (
  id          uuid        PRIMARY KEY,
  team_id     uuid        NOT NULL REFERENCES teams,
  name        text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
  description text,
  created_at  timestamptz NOT NULL
);
CREATE INDEX projects_team ON projects (team_id, id);

ALTER TABLE agents ALTER COLUMN team TYPE uuid USING team::uuid;
ALTER TABLE agents ADD FOREIGN KEY (team) REFERENCES teams;
CREATE INDEX agents_team ON agents (team, id) WHERE team IS NOT NULL;

-- Whom a task is shared with, and the labels that people sort it by.
-- people: the e-mail addresses of assignees and followers, who may read it.
ALTER TABLE tasks
  ADD COLUMN team           uuid REFERENCES teams,
  ADD COLUMN project_id     uuid REFERENCES projects,
  ADD COLUMN owner_email    text,
  ADD COLUMN assignees      text[] NOT NULL DEFAULT '{}',
  ADD COLUMN followers      text[] NOT NULL DEFAULT '{}',
  ADD COLUMN people         text[] NOT NULL GENERATED ALWAYS AS (assignees || followers) STORED,
  ADD COLUMN type           text CHECK (char_length(type) BETWEEN 1 AND 100),
  ADD COLUMN feedback       text CHECK (feedback IN ('LIKE', 'DISLIKE')),
  ADD COLUMN queue_priority smallint CHECK (queue_priority BETWEEN 1 AND 10),
  -- Whether escrow-service has paid out what it held, once the task was over.
  ADD COLUMN settled        boolean NOT NULL DEFAULT false,
  ADD CHECK ((mode = 'BOARD') = (team IS NOT NULL)),
  ADD CHECK (mode NOT IN ('BOARD', 'MANUAL') OR budget = 0);
CREATE INDEX tasks_team ON tasks (team, id DESC) WHERE team IS NOT NULL;
CREATE INDEX tasks_people ON tasks USING gin (people) WHERE people <> '{}';
-- A team's board, and work that is kept for one agent.
CREATE INDEX tasks_board ON tasks (team, urgency DESC, id)
  WHERE state = 'PENDING' AND mode = 'BOARD' AND agent_id IS NULL;
DROP INDEX tasks_reserved;
CREATE INDEX tasks_reserved ON tasks (agent_id, urgency DESC, id)
  WHERE funded AND state = 'PENDING' AND mode IN ('OPEN', 'BOARD') AND agent_id IS NOT NULL;

-- What happened to a task in the eyes of people: changes of its status, messages, assignments, feedback.
CREATE TABLE activities (
  task_id uuid        NOT NULL REFERENCES tasks ON DELETE CASCADE,
  id      uuid        NOT NULL,
  type    text        NOT NULL,
  at      timestamptz NOT NULL,
  data    text        NOT NULL, -- JSON
  PRIMARY KEY (task_id, id)
);
-- How long an agent takes, by what it did last.
CREATE INDEX executions_agent ON executions (agent_id, ended_at DESC);

ALTER TABLE executions DROP CONSTRAINT executions_task_id_fkey,
  ADD FOREIGN KEY (task_id) REFERENCES tasks ON DELETE CASCADE;
ALTER TABLE deliveries DROP CONSTRAINT deliveries_task_id_fkey,
  ADD FOREIGN KEY (task_id) REFERENCES tasks ON DELETE CASCADE;
