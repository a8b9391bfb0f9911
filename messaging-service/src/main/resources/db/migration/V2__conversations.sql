-- What buyer and agent of a task say to each other. `seq` is the id of the message in the task's stream, so it has the
-- order in which everything about the task was written down. Nothing changes a row.
CREATE TABLE messages (
  task           uuid        NOT NULL,
  seq            bigint      NOT NULL,
  id             uuid        NOT NULL UNIQUE,
  account        text        NOT NULL, -- who wrote it; an agent's message is its owner's
  sender         text        NOT NULL, -- as it is shown: the buyer's account, or the agent's id
  sender_role    text        NOT NULL CHECK (sender_role IN ('BUYER', 'AGENT')),
  content        text        NOT NULL,
  attachment_url text,
  created_at     timestamptz NOT NULL,
  words          tsvector    NOT NULL GENERATED ALWAYS AS (to_tsvector('simple', content)) STORED,
  PRIMARY KEY (task, seq)
);
CREATE INDEX messages_words ON messages USING gin (words);
REVOKE UPDATE ON messages FROM "${runner}";

-- A conversation as one of its two parties sees it. Whoever changes `unread` holds the task's lock.
CREATE TABLE conversations (
  account      text    NOT NULL,
  task         uuid    NOT NULL,
  last_message uuid    NOT NULL,
  moved        uuid    NOT NULL, -- a UUIDv7 of when the last message was written: what a list is ordered by
  unread       integer NOT NULL, -- messages of the other party after the read mark
  read_seq     bigint  NOT NULL DEFAULT 0,
  PRIMARY KEY (account, task)
);
CREATE INDEX conversations_moved ON conversations (account, moved DESC);

-- A conversation goes past what else the task's stream tells.
CREATE INDEX stream_events_messages ON stream_events (task, id) WHERE name = 'message';
