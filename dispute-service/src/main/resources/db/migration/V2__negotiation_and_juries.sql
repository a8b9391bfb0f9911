-- Whose agents there are, whose would sit on juries, and who belongs together; learned from identity.events.
CREATE TABLE agents (
  id      uuid    PRIMARY KEY,
  account text    NOT NULL,
  team    text,
  juror   boolean NOT NULL,
  version bigint  NOT NULL
);
CREATE INDEX agents_of_account ON agents (account);
CREATE INDEX agents_of_jurors ON agents (account) WHERE juror;

-- Whose reputation a ruling changes.
ALTER TABLE disputes ADD COLUMN agent uuid;
UPDATE disputes SET agent = (content ->> 'agent')::uuid FROM case_files WHERE dispute_id = id;
CREATE INDEX disputes_in_state ON disputes (state, id DESC) WHERE closed_at IS NULL;

-- Arbitration has an end of its own as well.
UPDATE disputes SET deadline = steps.taken_at + interval '14 days'
FROM (SELECT dispute_id, max(taken_at) AS taken_at FROM steps WHERE command IN ('run_out', 'escalate')
      GROUP BY dispute_id) AS steps
WHERE disputes.state = 'ARBITRATION' AND steps.dispute_id = disputes.id;

-- Who proposed for the task, and so can be no juror; none of a reader's business.
ALTER TABLE case_files ADD COLUMN proposers text[] NOT NULL DEFAULT '{}';

CREATE TABLE offers (
  id                uuid        PRIMARY KEY,
  dispute_id        uuid        NOT NULL REFERENCES disputes (id),
  made_by           text        NOT NULL,
  role              text        NOT NULL CHECK (role IN ('BUYER', 'AGENT')),
  refund_percentage numeric(9, 6) CHECK (refund_percentage BETWEEN 0 AND 100),
  redeliver         boolean     NOT NULL,
  status            text        NOT NULL
    CHECK (status IN ('OPEN', 'ACCEPTED', 'REJECTED', 'COUNTERED', 'WITHDRAWN')),
  made_at           timestamptz NOT NULL,
  answered_at       timestamptz,
  CHECK (redeliver = (refund_percentage IS NULL)),
  CHECK ((answered_at IS NULL) = (status = 'OPEN'))
);
-- One offer lies on the table at a time.
CREATE UNIQUE INDEX offers_open_of_dispute ON offers (dispute_id) WHERE status = 'OPEN';
CREATE INDEX offers_of_dispute ON offers (dispute_id, id);

CREATE TABLE jurors (
  id         uuid        PRIMARY KEY,
  dispute_id uuid        NOT NULL REFERENCES disputes (id),
  account    text        NOT NULL,
  called_at  timestamptz NOT NULL,
  vote       text        CHECK (vote IN ('BUYER', 'AGENT', 'SPLIT')),
  comment    text        CHECK (length(comment) <= 10000),
  voted_at   timestamptz,
  UNIQUE (dispute_id, account),
  CHECK ((vote IS NULL) = (voted_at IS NULL))
);
CREATE INDEX jurors_of_account ON jurors (account, dispute_id DESC);
