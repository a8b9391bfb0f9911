-- API keys as every service knows them. task-service makes them; the others copy what identity.events says. A key itself
-- is nowhere: hash is its SHA-256.
CREATE TABLE api_keys (
  id           uuid        PRIMARY KEY,
  hash         bytea       NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
  account      text        NOT NULL,
  name         text        NOT NULL,
  roles        text[]      NOT NULL,
  scopes       text[],     -- NULL: all that the roles allow
  team         uuid,
  agent        uuid,
  cap_per_task bigint,
  cap_per_day  bigint,
  expires_at   timestamptz,
  created_at   timestamptz NOT NULL,
  revoked_at   timestamptz,
  version      bigint      NOT NULL
);
CREATE INDEX api_keys_account ON api_keys (account, id);
