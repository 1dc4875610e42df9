-- OAuth clients that people bring: whose (null: the whole install's), named, for all of a vendor's connectors or for some.
ALTER TABLE oauth_clients ADD COLUMN workspace TEXT;
ALTER TABLE oauth_clients ADD COLUMN name TEXT NOT NULL DEFAULT 'Default';
ALTER TABLE oauth_clients ADD COLUMN connectors TEXT NOT NULL DEFAULT '[]';
ALTER TABLE oauth_clients ADD COLUMN is_default INTEGER NOT NULL DEFAULT 1;
UPDATE oauth_clients SET name = 'Sandbox' WHERE realm = 'Sandbox';
-- Who may not be forgotten is asked by client.
CREATE INDEX connections_client ON connections (oauth_client);

-- What somebody asked to connect and has not confirmed on our own page yet.
CREATE TABLE connect_starts (
  app TEXT NOT NULL,
  handle_hash TEXT NOT NULL,
  requester_kind TEXT NOT NULL,
  requester TEXT NOT NULL,
  connector TEXT NOT NULL,
  scopes TEXT NOT NULL,
  realm TEXT,
  oauth_client TEXT,
  switch_account INTEGER NOT NULL,
  context TEXT,
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  PRIMARY KEY (app, handle_hash)
) STRICT;
CREATE UNIQUE INDEX connect_starts_handle ON connect_starts (handle_hash);
CREATE INDEX connect_starts_end ON connect_starts (expires_at);
