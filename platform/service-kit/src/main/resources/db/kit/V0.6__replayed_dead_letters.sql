-- How often a parked event was tried again, and, of a record that is no event, the key and headers it came with: a later
-- version of the service may read it.
ALTER TABLE dead_letters ADD COLUMN attempts int NOT NULL DEFAULT 0, ADD COLUMN head bytea;

-- Topics have no order among each other, so an event waits for parked ones of its key in its own topic only.
DROP INDEX dead_letters_parked;
CREATE INDEX dead_letters_parked ON dead_letters (key, topic, position) WHERE replayed_at IS NULL;
