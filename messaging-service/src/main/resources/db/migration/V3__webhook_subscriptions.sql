-- Endpoints that an account made itself, beside those that tasks and agents name; and how each endpoint is doing.
ALTER TABLE webhook_endpoints DROP CONSTRAINT webhook_endpoints_kind_check;
ALTER TABLE webhook_endpoints
  ADD CONSTRAINT webhook_endpoints_kind_check CHECK (kind IN ('CALLBACK', 'AGENT', 'SUBSCRIPTION')),
  ADD COLUMN events         text[]  NOT NULL DEFAULT '{*}', -- what a subscription wants to be told
  ADD COLUMN secret         text,                           -- a subscription's own, sealed
  ADD COLUMN previous       text,                           -- still valid until previous_until
  ADD COLUMN previous_until timestamptz,
  ADD COLUMN deleted_at     timestamptz,                    -- kept for the log of its deliveries
  ADD COLUMN proven         boolean NOT NULL DEFAULT false, -- has taken something, ever
  ADD COLUMN failures       integer NOT NULL DEFAULT 0,     -- in a row
  ADD COLUMN failed_at      timestamptz,
  ADD COLUMN open_until     timestamptz;                    -- the circuit breaker: nothing is sent before
CREATE INDEX webhook_endpoints_owner ON webhook_endpoints (owner, kind, id) WHERE deleted_at IS NULL;

-- A test of an endpoint is about no task.
ALTER TABLE webhook_deliveries ALTER COLUMN task DROP NOT NULL;

-- Workers look endpoint by endpoint, so that the many rows of one are never in the way of another's.
DROP INDEX webhook_deliveries_due;
DROP INDEX webhook_deliveries_pending;
CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (endpoint, due_at, position) WHERE state = 'PENDING';
CREATE INDEX webhook_deliveries_endpoint ON webhook_deliveries (endpoint, id);
CREATE INDEX webhook_deliveries_task ON webhook_deliveries (task);
