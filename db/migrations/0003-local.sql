-- What belongs to this desk alone: never synced, never part of the state hash.
CREATE TABLE command_reply (
  command TEXT PRIMARY KEY,
  reply TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX command_reply_at ON command_reply (at);

CREATE TABLE draft (
  operator TEXT NOT NULL,
  on_id TEXT NOT NULL,
  field TEXT NOT NULL,
  text TEXT NOT NULL,
  over TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  PRIMARY KEY (operator, on_id, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_on ON draft (on_id);

-- Calls this desk saw ringing, committed at once; the record itself comes from ops.
CREATE TABLE seen_call (
  call TEXT PRIMARY KEY,
  bridge TEXT NOT NULL,
  document TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  ended_at INTEGER,
  is_settled INTEGER NOT NULL DEFAULT 0 CHECK (is_settled IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_call_open ON seen_call (seen_at) WHERE is_settled = 0;

CREATE TABLE login (
  operator TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('operator', 'lead', 'agency', 'admin')),
  salt TEXT NOT NULL,
  hash TEXT NOT NULL,
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  wrong_tries INTEGER NOT NULL DEFAULT 0,
  locks INTEGER NOT NULL DEFAULT 0,
  locked_until INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- At most one row: who is signed in on this desk, in which run of the program.
CREATE TABLE desk_session (
  session TEXT PRIMARY KEY,
  operator TEXT NOT NULL,
  boot TEXT NOT NULL,
  opened_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
