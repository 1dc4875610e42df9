CREATE TABLE calls (
  seq INTEGER PRIMARY KEY,
  app TEXT NOT NULL,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  connection TEXT,
  connector TEXT,
  operation TEXT,
  method TEXT NOT NULL,
  host TEXT NOT NULL,
  path TEXT NOT NULL,
  status INTEGER,
  duration_ms REAL NOT NULL,
  request_bytes INTEGER NOT NULL,
  response_bytes INTEGER NOT NULL,
  function TEXT,
  run TEXT,
  outcome TEXT NOT NULL,
  reason TEXT
) STRICT;
CREATE INDEX calls_app ON calls (app, seq);
CREATE INDEX calls_connection ON calls (app, connection, seq);
CREATE INDEX calls_run ON calls (app, run, seq);

CREATE TABLE run_lines (
  seq INTEGER PRIMARY KEY,
  app TEXT NOT NULL,
  run TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  at INTEGER NOT NULL,
  level TEXT NOT NULL,
  message TEXT NOT NULL
) STRICT;
CREATE INDEX run_lines_run ON run_lines (app, run, seq);
