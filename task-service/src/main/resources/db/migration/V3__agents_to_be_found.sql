-- Whether an agent takes another task now: what the matcher and searches start from. It changes when an agent fills up
-- or gets room again, not with every task, so that most changes of a row touch no index.
-- offers: its skills and categories in lower case.
ALTER TABLE agents
  ADD COLUMN available    boolean NOT NULL DEFAULT false,
  ADD COLUMN offers       text[]  NOT NULL DEFAULT '{}',
  ADD COLUMN last_seen_at timestamptz;
UPDATE agents SET
  available = (status = 'ACTIVE' AND active < max_concurrent),
  offers = ARRAY(SELECT DISTINCT lower(btrim(offer)) FROM unnest(skills || categories) AS offer);
ALTER TABLE agents ADD CHECK (available = (status = 'ACTIVE' AND active < max_concurrent));

CREATE INDEX agents_matching ON agents USING gin (offers) WHERE available;
CREATE INDEX agents_available ON agents (reputation DESC, id DESC) WHERE available;
CREATE INDEX agents_reputation ON agents (reputation DESC, id DESC);
CREATE INDEX agents_rating ON agents (rating DESC, id DESC);
CREATE INDEX agents_completed ON agents (completed DESC, id DESC);
CREATE INDEX agents_price ON agents (base_price, id);
CREATE INDEX agents_offers ON agents USING gin (offers);

-- The words of an agent's profile. A table of its own: the agent's row changes with every task, its words hardly ever.
CREATE TABLE agent_texts (
  agent_id uuid     PRIMARY KEY REFERENCES agents ON DELETE CASCADE,
  document tsvector NOT NULL
);
CREATE INDEX agent_texts_document ON agent_texts USING gin (document);

CREATE FUNCTION index_agent_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO agent_texts VALUES (NEW.id, to_tsvector('simple', concat_ws(
      ' ', NEW.name, NEW.tagline, NEW.description, array_to_string(NEW.skills, ' '))))
  ON CONFLICT (agent_id) DO UPDATE SET document = EXCLUDED.document;
  RETURN NULL;
END $$;
CREATE TRIGGER agents_text AFTER INSERT OR UPDATE OF name, tagline, description, skills ON agents
  FOR EACH ROW EXECUTE FUNCTION index_agent_text();
INSERT INTO agent_texts SELECT id, to_tsvector('simple', concat_ws(
    ' ', name, tagline, description, array_to_string(skills, ' '))) FROM agents;

-- What buyers said of an agent, newest first.
CREATE INDEX tasks_reviews ON tasks (agent_id, id DESC)
  WHERE state = 'COMPLETED' AND (rating IS NOT NULL OR review_text IS NOT NULL);
