-- Times are microseconds since 1970 (UTC). JSON is text. Every key of a tenant's table begins with its app or workspace.
CREATE TABLE settings (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE workspaces (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  plan TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE teammates (
  workspace TEXT NOT NULL,
  id TEXT NOT NULL,
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  password_hash TEXT,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (workspace, id)
) STRICT;
CREATE UNIQUE INDEX teammates_email ON teammates (email);
CREATE INDEX teammates_id ON teammates (id);

CREATE TABLE sessions (
  workspace TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  teammate TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (workspace, token_hash)
) STRICT;
CREATE INDEX sessions_token ON sessions (token_hash);
CREATE INDEX sessions_teammate ON sessions (workspace, teammate);
CREATE INDEX sessions_end ON sessions (expires_at);

-- The first owner's link belongs to no workspace yet: its workspace is ''.
CREATE TABLE sign_in_links (
  workspace TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  purpose TEXT NOT NULL,
  teammate TEXT,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (workspace, token_hash)
) STRICT;
CREATE INDEX sign_in_links_token ON sign_in_links (token_hash);

CREATE TABLE audit (
  workspace TEXT NOT NULL,
  id TEXT NOT NULL,
  app TEXT,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT,
  PRIMARY KEY (workspace, id)
) STRICT;

CREATE TABLE apps (
  id TEXT NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT,
  backend_functions INTEGER NOT NULL,
  time_zone TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX apps_workspace ON apps (workspace, id);

CREATE TABLE api_keys (
  app TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  key_hash TEXT NOT NULL,
  hint TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (app, id)
) STRICT;
CREATE INDEX api_keys_hash ON api_keys (key_hash);

CREATE TABLE entities (
  app TEXT NOT NULL,
  name TEXT NOT NULL,
  schema TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (app, name)
) STRICT;

CREATE TABLE records (
  app TEXT NOT NULL,
  entity TEXT NOT NULL,
  id TEXT NOT NULL,
  data TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  created_by TEXT,
  PRIMARY KEY (app, entity, id)
) STRICT;
CREATE INDEX records_created ON records (app, entity, created_at, id);

CREATE TABLE functions (
  app TEXT NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  entry TEXT NOT NULL,
  files TEXT NOT NULL,
  bundle TEXT NOT NULL,
  source_map TEXT,
  operations TEXT NOT NULL,
  author TEXT NOT NULL,
  message TEXT,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (app, name, version)
) STRICT;

CREATE TABLE flows (
  app TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  sentence TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  trigger_json TEXT NOT NULL,
  function TEXT NOT NULL,
  arguments TEXT NOT NULL,
  connectors TEXT NOT NULL,
  retry TEXT NOT NULL,
  next_at INTEGER,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (app, id)
) STRICT;
CREATE INDEX flows_due ON flows (next_at) WHERE enabled AND next_at IS NOT NULL;

-- seq is the order of arrival: ids made within one millisecond do not sort.
CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  app TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  entity TEXT,
  type TEXT NOT NULL,
  record_id TEXT,
  flow_id TEXT,
  label TEXT NOT NULL,
  payload TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  matched INTEGER NOT NULL DEFAULT 0,
  UNIQUE (app, id)
) STRICT;
CREATE INDEX events_unmatched ON events (seq) WHERE NOT matched;

-- wake_at is when a node must look at the run: its due time while it waits, the end of its lease while it runs, else null.
CREATE TABLE runs (
  app TEXT NOT NULL,
  id TEXT NOT NULL,
  flow TEXT NOT NULL,
  event TEXT NOT NULL,
  function TEXT NOT NULL,
  status TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  wake_at INTEGER,
  fence INTEGER NOT NULL,
  holder TEXT,
  leased_until INTEGER,
  idempotency_key TEXT NOT NULL,
  event_kind TEXT NOT NULL,
  event_label TEXT NOT NULL,
  label_search TEXT NOT NULL,
  payload TEXT NOT NULL,
  result TEXT,
  last_error TEXT,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER,
  PRIMARY KEY (app, id),
  UNIQUE (app, flow, event)
) STRICT;
CREATE INDEX runs_wake ON runs (app, wake_at, id) WHERE wake_at IS NOT NULL;
CREATE INDEX runs_next ON runs (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX runs_created ON runs (app, created_at);
CREATE INDEX runs_status ON runs (app, status, id);

CREATE TABLE attempts (
  app TEXT NOT NULL,
  run TEXT NOT NULL,
  number INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  status TEXT NOT NULL,
  http_status INTEGER,
  error TEXT,
  PRIMARY KEY (app, run, number)
) STRICT;

CREATE TABLE connections (
  app TEXT NOT NULL,
  id TEXT NOT NULL,
  connector TEXT NOT NULL,
  vendor TEXT NOT NULL,
  realm TEXT NOT NULL,
  oauth_client TEXT NOT NULL,
  state TEXT NOT NULL,
  account_id TEXT,
  account_label TEXT,
  granted_scopes TEXT NOT NULL,
  approved_scopes TEXT NOT NULL,
  key_id TEXT,
  wrapped_key BLOB,
  payload BLOB,
  access_expires_at INTEGER,
  access_issued_at INTEGER,
  problem TEXT,
  connected_by TEXT NOT NULL,
  connected_at INTEGER NOT NULL,
  last_used_at INTEGER,
  fence INTEGER NOT NULL,
  holder TEXT,
  leased_until INTEGER,
  refresh_intent_at INTEGER,
  PRIMARY KEY (app, id)
) STRICT;
CREATE INDEX connections_id ON connections (id);
CREATE UNIQUE INDEX connections_live ON connections (app, connector) WHERE state <> 'Disconnected';

-- The install's own, not a tenant's.
CREATE TABLE oauth_clients (
  id TEXT NOT NULL PRIMARY KEY,
  vendor TEXT NOT NULL,
  realm TEXT NOT NULL,
  client_id TEXT NOT NULL,
  key_id TEXT,
  wrapped_key BLOB,
  payload BLOB,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX oauth_clients_vendor ON oauth_clients (vendor, realm, created_at);

CREATE TABLE authorizations (
  app TEXT NOT NULL,
  state_hash TEXT NOT NULL,
  browser_hash TEXT NOT NULL,
  teammate TEXT NOT NULL,
  connector TEXT NOT NULL,
  oauth_client TEXT NOT NULL,
  realm TEXT NOT NULL,
  redirect_uri TEXT NOT NULL,
  requested_scopes TEXT NOT NULL,
  replaces TEXT,
  key_id TEXT,
  wrapped_key BLOB,
  payload BLOB,
  context TEXT,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (app, state_hash)
) STRICT;
CREATE UNIQUE INDEX authorizations_state ON authorizations (state_hash);
CREATE INDEX authorizations_end ON authorizations (expires_at);

CREATE TABLE conversations (
  app TEXT NOT NULL,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (app, id)
) STRICT;

CREATE TABLE messages (
  app TEXT NOT NULL,
  conversation TEXT NOT NULL,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  role TEXT NOT NULL,
  text TEXT NOT NULL,
  attachment TEXT,
  proposal_id TEXT,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (app, conversation, position)
) STRICT;

CREATE TABLE proposals (
  app TEXT NOT NULL,
  id TEXT NOT NULL,
  conversation TEXT NOT NULL,
  status TEXT NOT NULL,
  content TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  accepted_at INTEGER,
  PRIMARY KEY (app, id)
) STRICT;
