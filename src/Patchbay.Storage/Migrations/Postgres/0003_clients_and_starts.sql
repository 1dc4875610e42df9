-- OAuth clients that people bring: whose (null: the whole install's), named, for all of a vendor's connectors or for some.
ALTER TABLE oauth_clients ADD COLUMN workspace text COLLATE "C";
ALTER TABLE oauth_clients ADD COLUMN name text COLLATE "C" NOT NULL DEFAULT 'Default';
ALTER TABLE oauth_clients ADD COLUMN connectors text COLLATE "C" NOT NULL DEFAULT '[]';
ALTER TABLE oauth_clients ADD COLUMN is_default boolean NOT NULL DEFAULT true;
UPDATE oauth_clients SET name = 'Sandbox' WHERE realm = 'Sandbox';
-- Who may not be forgotten is asked by client.
CREATE INDEX connections_client ON connections (oauth_client);

-- What somebody asked to connect and has not confirmed on our own page yet.
CREATE TABLE connect_starts (
  app text COLLATE "C" NOT NULL,
  handle_hash text COLLATE "C" NOT NULL,
  requester_kind text COLLATE "C" NOT NULL,
  requester text COLLATE "C" NOT NULL,
  connector text COLLATE "C" NOT NULL,
  scopes text COLLATE "C" NOT NULL,
  realm text COLLATE "C",
  oauth_client text COLLATE "C",
  switch_account boolean NOT NULL,
  context text COLLATE "C",
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (app, handle_hash)
);
CREATE UNIQUE INDEX connect_starts_handle ON connect_starts (handle_hash);
CREATE INDEX connect_starts_end ON connect_starts (expires_at);
