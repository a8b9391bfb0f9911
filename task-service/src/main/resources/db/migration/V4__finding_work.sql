-- The sets of skills that tasks ask for (in lower case; a capability is one of them). A claim looks into the queues of
-- the sets that its agent covers, and at no task that it could not do.
CREATE TABLE skill_sets (
  id   uuid   PRIMARY KEY, -- the first 128 bits of the SHA-256 of the keys, one a line
  keys text[] NOT NULL
);
CREATE INDEX skill_sets_keys ON skill_sets USING gin (keys);
INSERT INTO skill_sets VALUES ('e3b0c442-98fc-1c14-9afb-f4c8996fb924', '{}');

ALTER TABLE tasks
  ADD COLUMN capability        text CHECK (char_length(capability) BETWEEN 1 AND 200),
  ADD COLUMN skill_set         uuid NOT NULL DEFAULT 'e3b0c442-98fc-1c14-9afb-f4c8996fb924' REFERENCES skill_sets,
  ADD COLUMN urgency           smallint NOT NULL GENERATED ALWAYS AS (
    CASE priority WHEN 'URGENT' THEN 3 WHEN 'HIGH' THEN 2 WHEN 'NORMAL' THEN 1 ELSE 0 END) STORED,
  ADD COLUMN has_schema        boolean NOT NULL DEFAULT false,
  ADD COLUMN artifacts         int NOT NULL DEFAULT 0 CHECK (artifacts >= 0), -- of the present attempt
  ADD COLUMN budget_min        bigint CHECK (budget_min >= 0),
  ADD COLUMN budget_max        bigint,
  ADD COLUMN proposal_deadline timestamptz,
  ADD COLUMN match_at          timestamptz, -- when the matcher looks (again) for an agent
  ADD COLUMN match_tries       int NOT NULL DEFAULT 0,
  ADD COLUMN match_score       text,        -- JSON: how the agent that was matched did
  ADD COLUMN retry_of          uuid,
  ADD CHECK (budget_max <= budget),
  ADD CHECK (budget_min <= budget_max),
  ADD CHECK (mode <> 'PROPOSALS' OR proposal_deadline IS NOT NULL);

-- The queues of claimable work: best first within a set of skills.
CREATE INDEX tasks_claimable ON tasks (skill_set, urgency DESC, id)
  WHERE funded AND agent_id IS NULL AND (state = 'MATCHING' OR (state = 'PENDING' AND mode = 'OPEN'));
-- Work that is kept for one agent until it claims it.
CREATE INDEX tasks_reserved ON tasks (agent_id, urgency DESC, id)
  WHERE funded AND state = 'PENDING' AND mode = 'OPEN' AND agent_id IS NOT NULL;
-- What agents may look at before anybody works on it.
CREATE INDEX tasks_open ON tasks (id DESC)
  WHERE funded AND agent_id IS NULL AND state IN ('PENDING', 'MATCHING');
CREATE INDEX tasks_match_at ON tasks (match_at) WHERE match_at IS NOT NULL;
DROP INDEX tasks_waiting_hires;
CREATE INDEX tasks_waiting_hires ON tasks (agent_id, urgency DESC, id)
  WHERE funded AND state = 'PENDING' AND mode = 'DIRECT' AND agent_id IS NOT NULL;

-- The words of a task. A table of its own: the task's row changes with every step, its words do not.
CREATE TABLE task_texts (
  task_id  uuid     PRIMARY KEY REFERENCES tasks ON DELETE CASCADE,
  document tsvector NOT NULL
);
CREATE INDEX task_texts_document ON task_texts USING gin (document);

CREATE FUNCTION index_task_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO task_texts VALUES (NEW.id, to_tsvector('simple', NEW.title || ' ' || NEW.description))
  ON CONFLICT (task_id) DO UPDATE SET document = EXCLUDED.document;
  RETURN NULL;
END $$;
CREATE TRIGGER tasks_text AFTER INSERT OR UPDATE OF title, description ON tasks
  FOR EACH ROW EXECUTE FUNCTION index_task_text();
INSERT INTO task_texts SELECT id, to_tsvector('simple', title || ' ' || description) FROM tasks;

-- What a task is given to work with and must answer with. A table of its own: it may be long, and only whoever reads or
-- delivers the task needs it.
CREATE TABLE task_inputs (
  task_id       uuid PRIMARY KEY REFERENCES tasks ON DELETE CASCADE,
  input         text,
  output_schema text
);
