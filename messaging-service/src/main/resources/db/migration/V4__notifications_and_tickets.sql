-- Streams that are about no task: an agent's inbox (its id), and an account's notifications (a hash of its name). The
-- row's lock is what gives one of them its order.
CREATE TABLE inboxes (
  id   uuid   PRIMARY KEY,
  told bigint NOT NULL -- how many events it has been told
);
CREATE TABLE inbox_events (
  inbox uuid   NOT NULL,
  id    bigint NOT NULL,
  name  text   NOT NULL,
  data  text   NOT NULL,
  PRIMARY KEY (inbox, id)
);
REVOKE UPDATE ON inbox_events FROM "${runner}";

-- What an account is told. Only read_at ever changes.
CREATE TABLE notifications (
  id         uuid        PRIMARY KEY, -- a UUIDv7: what the feed is ordered by
  account    text        NOT NULL,
  category   text        NOT NULL CHECK (category IN ('TASK', 'PAYMENT', 'DISPUTE', 'MESSAGE')),
  type       text        NOT NULL,
  title      text        NOT NULL,
  task       uuid,
  created_at timestamptz NOT NULL,
  read_at    timestamptz
);
CREATE INDEX notifications_feed ON notifications (account, id DESC);
CREATE INDEX notifications_unread ON notifications (account, category, id DESC) WHERE read_at IS NULL;

-- What an account does not want to be told, and where; everything else it is told.
CREATE TABLE notifications_off (
  account  text NOT NULL,
  category text NOT NULL CHECK (category IN ('TASK', 'PAYMENT', 'DISPUTE', 'MESSAGE')),
  channel  text NOT NULL CHECK (channel IN ('FEED', 'WEBHOOK')),
  PRIMARY KEY (account, category, channel)
);

-- What opens one stream, once, without a bearer token. The ticket itself is not kept, only its SHA-256.
CREATE TABLE stream_tickets (
  hash        bytea       PRIMARY KEY,
  account     text        NOT NULL,
  roles       text[]      NOT NULL,
  email       text,
  token_ends  timestamptz NOT NULL, -- of the bearer token that it was got with
  path        text        NOT NULL,
  created_at  timestamptz NOT NULL,
  opened_at   timestamptz
);
CREATE INDEX stream_tickets_created_at ON stream_tickets (created_at);

-- What an agent says of itself in public.
ALTER TABLE agents ADD COLUMN profile json;
