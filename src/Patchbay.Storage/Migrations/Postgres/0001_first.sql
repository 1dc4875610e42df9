-- Text sorts by bytes ("C"), as in SQLite. JSON that is queried is jsonb, other JSON is text.
-- Every key of a tenant's table begins with its app or workspace.
CREATE TABLE settings (
  name text COLLATE "C" NOT NULL PRIMARY KEY,
  value text COLLATE "C" NOT NULL
);

CREATE TABLE workspaces (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  plan text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE TABLE teammates (
  workspace text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  email text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  role text COLLATE "C" NOT NULL,
  password_hash text COLLATE "C",
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace, id)
);
CREATE UNIQUE INDEX teammates_email ON teammates (email);
CREATE INDEX teammates_id ON teammates (id);

CREATE TABLE sessions (
  workspace text COLLATE "C" NOT NULL,
  token_hash text COLLATE "C" NOT NULL,
  teammate text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (workspace, token_hash)
);
CREATE INDEX sessions_token ON sessions (token_hash);
CREATE INDEX sessions_teammate ON sessions (workspace, teammate);
CREATE INDEX sessions_end ON sessions (expires_at);

-- The first owner's link belongs to no workspace yet: its workspace is ''.
CREATE TABLE sign_in_links (
  workspace text COLLATE "C" NOT NULL,
  token_hash text COLLATE "C" NOT NULL,
  purpose text COLLATE "C" NOT NULL,
  teammate text COLLATE "C",
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (workspace, token_hash)
);
CREATE INDEX sign_in_links_token ON sign_in_links (token_hash);

CREATE TABLE audit (
  workspace text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  app text COLLATE "C",
  at timestamptz NOT NULL,
  actor text COLLATE "C" NOT NULL,
  action text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  detail text COLLATE "C",
  PRIMARY KEY (workspace, id)
);

CREATE TABLE apps (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  workspace text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  description text COLLATE "C",
  backend_functions boolean NOT NULL,
  time_zone text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX apps_workspace ON apps (workspace, id);

CREATE TABLE api_keys (
  app text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  key_hash text COLLATE "C" NOT NULL,
  hint text COLLATE "C" NOT NULL,
  created_by text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (app, id)
);
CREATE INDEX api_keys_hash ON api_keys (key_hash);

CREATE TABLE entities (
  app text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  schema text COLLATE "C" NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (app, name)
);

CREATE TABLE records (
  app text COLLATE "C" NOT NULL,
  entity text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  data jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  created_by text COLLATE "C",
  PRIMARY KEY (app, entity, id)
);
CREATE INDEX records_created ON records (app, entity, created_at, id);

CREATE TABLE functions (
  app text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  entry text COLLATE "C" NOT NULL,
  files text COLLATE "C" NOT NULL,
  bundle text COLLATE "C" NOT NULL,
  source_map text COLLATE "C",
  operations text COLLATE "C" NOT NULL,
  author text COLLATE "C" NOT NULL,
  message text COLLATE "C",
  created_at timestamptz NOT NULL,
  PRIMARY KEY (app, name, version)
);

CREATE TABLE flows (
  app text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  sentence text COLLATE "C" NOT NULL,
  enabled boolean NOT NULL,
  trigger_json text COLLATE "C" NOT NULL,
  function text COLLATE "C" NOT NULL,
  arguments text COLLATE "C" NOT NULL,
  connectors text COLLATE "C" NOT NULL,
  retry text COLLATE "C" NOT NULL,
  next_at timestamptz,
  created_by text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (app, id)
);
CREATE INDEX flows_due ON flows (next_at) WHERE enabled AND next_at IS NOT NULL;

-- seq is the order of arrival: ids made within one millisecond do not sort.
CREATE TABLE events (
  seq bigint GENERATED ALWAYS AS IDENTITY,
  app text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  entity text COLLATE "C",
  type text COLLATE "C" NOT NULL,
  record_id text COLLATE "C",
  flow_id text COLLATE "C",
  label text COLLATE "C" NOT NULL,
  payload text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL,
  matched boolean NOT NULL DEFAULT false,
  PRIMARY KEY (app, id)
);
CREATE INDEX events_unmatched ON events (seq) WHERE NOT matched;

-- wake_at is when a node must look at the run: its due time while it waits, the end of its lease while it runs, else null.
CREATE TABLE runs (
  app text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  flow text COLLATE "C" NOT NULL,
  event text COLLATE "C" NOT NULL,
  function text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  attempts integer NOT NULL,
  due_at timestamptz NOT NULL,
  wake_at timestamptz,
  fence bigint NOT NULL,
  holder text COLLATE "C",
  leased_until timestamptz,
  idempotency_key text COLLATE "C" NOT NULL,
  event_kind text COLLATE "C" NOT NULL,
  event_label text COLLATE "C" NOT NULL,
  label_search text COLLATE "C" NOT NULL,
  payload text COLLATE "C" NOT NULL,
  result text COLLATE "C",
  last_error text COLLATE "C",
  created_at timestamptz NOT NULL,
  started_at timestamptz,
  finished_at timestamptz,
  PRIMARY KEY (app, id),
  UNIQUE (app, flow, event)
);
CREATE INDEX runs_wake ON runs (app, wake_at, id) WHERE wake_at IS NOT NULL;
CREATE INDEX runs_next ON runs (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX runs_created ON runs (app, created_at);
CREATE INDEX runs_status ON runs (app, status, id);

CREATE TABLE attempts (
  app text COLLATE "C" NOT NULL,
  run text COLLATE "C" NOT NULL,
  number integer NOT NULL,
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  status text COLLATE "C" NOT NULL,
  http_status integer,
  error text COLLATE "C",
  PRIMARY KEY (app, run, number)
);

CREATE TABLE connections (
  app text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  connector text COLLATE "C" NOT NULL,
  vendor text COLLATE "C" NOT NULL,
  realm text COLLATE "C" NOT NULL,
  oauth_client text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL,
  account_id text COLLATE "C",
  account_label text COLLATE "C",
  granted_scopes text COLLATE "C" NOT NULL,
  approved_scopes text COLLATE "C" NOT NULL,
  key_id text COLLATE "C",
  wrapped_key bytea,
  payload bytea,
  access_expires_at timestamptz,
  access_issued_at timestamptz,
  problem text COLLATE "C",
  connected_by text COLLATE "C" NOT NULL,
  connected_at timestamptz NOT NULL,
  last_used_at timestamptz,
  fence bigint NOT NULL,
  holder text COLLATE "C",
  leased_until timestamptz,
  refresh_intent_at timestamptz,
  PRIMARY KEY (app, id)
);
CREATE INDEX connections_id ON connections (id);
CREATE UNIQUE INDEX connections_live ON connections (app, connector) WHERE state <> 'Disconnected';

-- The install's own, not a tenant's.
CREATE TABLE oauth_clients (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  vendor text COLLATE "C" NOT NULL,
  realm text COLLATE "C" NOT NULL,
  client_id text COLLATE "C" NOT NULL,
  key_id text COLLATE "C",
  wrapped_key bytea,
  payload bytea,
  created_at timestamptz NOT NULL
);
CREATE INDEX oauth_clients_vendor ON oauth_clients (vendor, realm, created_at);

CREATE TABLE authorizations (
  app text COLLATE "C" NOT NULL,
  state_hash text COLLATE "C" NOT NULL,
  browser_hash text COLLATE "C" NOT NULL,
  teammate text COLLATE "C" NOT NULL,
  connector text COLLATE "C" NOT NULL,
  oauth_client text COLLATE "C" NOT NULL,
  realm text COLLATE "C" NOT NULL,
  redirect_uri text COLLATE "C" NOT NULL,
  requested_scopes text COLLATE "C" NOT NULL,
  replaces text COLLATE "C",
  key_id text COLLATE "C",
  wrapped_key bytea,
  payload bytea,
  context text COLLATE "C",
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (app, state_hash)
);
CREATE UNIQUE INDEX authorizations_state ON authorizations (state_hash);
CREATE INDEX authorizations_end ON authorizations (expires_at);

CREATE TABLE conversations (
  app text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  title text COLLATE "C" NOT NULL,
  created_by text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (app, id)
);

CREATE TABLE messages (
  app text COLLATE "C" NOT NULL,
  conversation text COLLATE "C" NOT NULL,
  position integer NOT NULL,
  id text COLLATE "C" NOT NULL,
  role text COLLATE "C" NOT NULL,
  text text COLLATE "C" NOT NULL,
  attachment text COLLATE "C",
  proposal_id text COLLATE "C",
  created_at timestamptz NOT NULL,
  PRIMARY KEY (app, conversation, position)
);

CREATE TABLE proposals (
  app text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  conversation text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  content text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL,
  accepted_at timestamptz,
  PRIMARY KEY (app, id)
);

CREATE TABLE calls (
  seq bigint GENERATED ALWAYS AS IDENTITY,
  app text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  connection text COLLATE "C",
  connector text COLLATE "C",
  operation text COLLATE "C",
  method text COLLATE "C" NOT NULL,
  host text COLLATE "C" NOT NULL,
  path text COLLATE "C" NOT NULL,
  status integer,
  duration_ms double precision NOT NULL,
  request_bytes bigint NOT NULL,
  response_bytes bigint NOT NULL,
  function text COLLATE "C",
  run text COLLATE "C",
  outcome text COLLATE "C" NOT NULL,
  reason text COLLATE "C",
  PRIMARY KEY (app, seq)
);
CREATE INDEX calls_connection ON calls (app, connection, seq);
CREATE INDEX calls_run ON calls (app, run, seq);

CREATE TABLE run_lines (
  seq bigint GENERATED ALWAYS AS IDENTITY,
  app text COLLATE "C" NOT NULL,
  run text COLLATE "C" NOT NULL,
  attempt integer NOT NULL,
  at timestamptz NOT NULL,
  level text COLLATE "C" NOT NULL,
  message text COLLATE "C" NOT NULL,
  PRIMARY KEY (app, seq)
);
CREATE INDEX run_lines_run ON run_lines (app, run, seq);
