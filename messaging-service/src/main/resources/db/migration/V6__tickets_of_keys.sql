-- A ticket that was got with an API key is good for no more than that key.
ALTER TABLE stream_tickets ADD COLUMN api_key uuid;
