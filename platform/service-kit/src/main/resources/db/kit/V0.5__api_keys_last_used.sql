-- When a key was last used, to the minute: in this service, and as the others say.
ALTER TABLE api_keys ADD COLUMN last_used_at timestamptz;
