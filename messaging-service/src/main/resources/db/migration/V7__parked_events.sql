-- What services could not handle, as they tell it on dead.letters: the operators' view. The services' own tables have the
-- events themselves; what is here is shown and asked about, never handled.
CREATE TABLE parked_events (
  id          uuid        PRIMARY KEY, -- of the view; the order in which this service heard of them
  service     text        NOT NULL,
  event_id    uuid        NOT NULL,
  topic       text        NOT NULL,
  key         text        NOT NULL,
  type        text        NOT NULL,
  subject     text        NOT NULL,
  occurred_at timestamptz NOT NULL,
  reason      text        NOT NULL,    -- of the last attempt
  parked_at   timestamptz NOT NULL,
  data        text,                    -- cut where it is long; NULL once the task it is about is deleted
  state       text        NOT NULL CHECK (state IN ('PARKED', 'REPLAYING', 'REPLAYED')),
  attempts    int         NOT NULL DEFAULT 0,
  asked_at    timestamptz,             -- when it was last asked for
  replayed_at timestamptz,
  refused     text,
  UNIQUE (service, event_id),
  CHECK ((state = 'REPLAYED') = (replayed_at IS NOT NULL)),
  CHECK (state <> 'REPLAYING' OR asked_at IS NOT NULL)
);
CREATE INDEX parked_events_service ON parked_events (service, id);
CREATE INDEX parked_events_key ON parked_events (key, service, topic, id);
