-- The state: what the ops say, as rows. All of it is disposable and can be made again from the ops, so nothing here is local to a desk.
-- `aggregate` is "incident:uuid"; `op` the id of an op (64 hex digits); `at` the clock text that orders ops; `time` its true time, UTC ms.
-- No foreign key, UNIQUE or CHECK across aggregates or on reference codes: ops arrive in any order and from newer programs.

-- Facts, written by ops on their own aggregate only.

-- Every set of a changeable field; `op` is 32 raw bytes here, because every set of every field has a row. `is_head` = 0: another set
-- cites it, and of its content only the place in its log is kept, and the value of a priority. Without `seq` its op is not here yet.
CREATE TABLE field_set (
  aggregate TEXT NOT NULL,
  field TEXT NOT NULL,
  op BLOB NOT NULL,
  is_head INTEGER NOT NULL,
  at TEXT,
  time INTEGER,
  by TEXT,
  origin TEXT,
  seq INTEGER,
  value TEXT,
  disposition TEXT,
  saw TEXT,
  PRIMARY KEY (aggregate, field, op)
) STRICT, WITHOUT ROWID;

CREATE TABLE call_event (
  call TEXT NOT NULL,
  op TEXT NOT NULL,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  time INTEGER NOT NULL,
  by TEXT NOT NULL,
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  bridge TEXT,
  line TEXT,
  dialled TEXT,
  direction TEXT,
  source TEXT,
  offered_at INTEGER,
  answered_at INTEGER,
  ended_at INTEGER,
  end_reason TEXT,
  number TEXT,
  number_trust TEXT,
  name TEXT,
  lat INTEGER,
  lon INTEGER,
  radius_m INTEGER,
  PRIMARY KEY (call, op)
) STRICT, WITHOUT ROWID;

-- Two openings of one incident: the earlier counts, both are shown.
CREATE TABLE incident_opened (
  incident TEXT NOT NULL,
  op TEXT NOT NULL,
  at TEXT NOT NULL,
  time INTEGER NOT NULL,
  by TEXT NOT NULL,
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  label TEXT NOT NULL,
  source TEXT,
  PRIMARY KEY (incident, op)
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
  incident TEXT NOT NULL,
  op TEXT NOT NULL,
  at TEXT NOT NULL,
  time INTEGER NOT NULL,
  by TEXT NOT NULL,
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  text TEXT,
  PRIMARY KEY (incident, op)
) STRICT, WITHOUT ROWID;
CREATE INDEX note_at ON note (incident, at, op);

CREATE TABLE note_strike (
  incident TEXT NOT NULL,
  note TEXT NOT NULL,
  op TEXT NOT NULL,
  at TEXT NOT NULL,
  time INTEGER NOT NULL,
  by TEXT NOT NULL,
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  reason TEXT,
  PRIMARY KEY (incident, note, op)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_added (
  report TEXT NOT NULL,
  op TEXT NOT NULL,
  at TEXT NOT NULL,
  time INTEGER NOT NULL,
  by TEXT NOT NULL,
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  incident TEXT NOT NULL,
  call TEXT,
  source TEXT,
  PRIMARY KEY (report, op)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_incident ON report_added (incident, at, report);

-- The cards of a relay; heads as for fields, by card id. A row without `at` is cited, but its op is not here yet.
CREATE TABLE relay_card (
  relay TEXT NOT NULL,
  card TEXT NOT NULL,
  is_head INTEGER NOT NULL,
  op TEXT,
  at TEXT,
  time INTEGER,
  by TEXT,
  origin TEXT,
  seq INTEGER,
  state TEXT,
  incident TEXT,
  agency TEXT,
  channel TEXT,
  PRIMARY KEY (relay, card)
) STRICT, WITHOUT ROWID;

-- Steps, receipts, calls to the agency and dealt-with alarms.
CREATE TABLE relay_event (
  relay TEXT NOT NULL,
  op TEXT NOT NULL,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  time INTEGER NOT NULL,
  by TEXT NOT NULL,
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  channel TEXT,
  person TEXT,
  reason TEXT,
  is_read_back INTEGER NOT NULL,
  card TEXT,
  due_at INTEGER,
  PRIMARY KEY (relay, op)
) STRICT, WITHOUT ROWID;

CREATE TABLE session_event (
  session TEXT NOT NULL,
  op TEXT NOT NULL,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  time INTEGER NOT NULL,
  by TEXT NOT NULL,
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  role TEXT,
  PRIMARY KEY (session, op)
) STRICT, WITHOUT ROWID;

CREATE TABLE operator_set (
  operator TEXT NOT NULL,
  op TEXT NOT NULL,
  at TEXT NOT NULL,
  time INTEGER NOT NULL,
  by TEXT NOT NULL,
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  role TEXT NOT NULL,
  is_active INTEGER NOT NULL,
  name TEXT,
  PRIMARY KEY (operator, op)
) STRICT, WITHOUT ROWID;

CREATE TABLE export_made (
  export TEXT NOT NULL,
  op TEXT NOT NULL,
  at TEXT NOT NULL,
  time INTEGER NOT NULL,
  by TEXT NOT NULL,
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  what TEXT NOT NULL,
  day TEXT NOT NULL,
  row_count INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (export, op)
) STRICT, WITHOUT ROWID;

-- Derived rows: pure functions of the facts, kept so that the screens need no search over what grows.
-- `activity` = JSON { origin: highest seq } of the ops behind a row: how far a record has come, and what a person closing it has seen.

-- `is_claim`: an operator says that the call was answered, the exchange has not said so yet.
CREATE TABLE call (
  call TEXT PRIMARY KEY,
  bridge TEXT,
  line TEXT,
  dialled TEXT,
  direction TEXT NOT NULL,
  source TEXT,
  number TEXT,
  number_trust TEXT NOT NULL,
  name TEXT,
  lat INTEGER,
  lon INTEGER,
  radius_m INTEGER,
  offered_at INTEGER NOT NULL,
  answered_at INTEGER,
  ended_at INTEGER,
  end_reason TEXT,
  answered_by TEXT,
  answered_origin TEXT,
  is_claim INTEGER NOT NULL,
  class TEXT,
  follow_up TEXT,
  follow_up_by TEXT,
  incident TEXT,
  is_to_call_back INTEGER NOT NULL,
  activity TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX call_day ON call (offered_at, direction, answered_at, ended_at);
CREATE INDEX call_number ON call (number, offered_at) WHERE number IS NOT NULL;
CREATE INDEX call_to_call_back ON call (offered_at) WHERE is_to_call_back = 1;
CREATE INDEX call_unclassed ON call (answered_at) WHERE class IS NULL AND answered_at IS NOT NULL;
CREATE INDEX call_incident ON call (incident, offered_at) WHERE incident IS NOT NULL;

-- `activity` spans the incident, its relays and its reports.
-- `rank` = 1 to 4 for P1 to P4, 5 without a priority. The board is the partial index.
CREATE TABLE incident (
  incident TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  label_series TEXT,
  label_number INTEGER,
  opened_at INTEGER NOT NULL,
  opened_by TEXT NOT NULL,
  origin TEXT NOT NULL,
  source TEXT,
  type TEXT,
  priority TEXT,
  rank INTEGER NOT NULL,
  village TEXT,
  landmark TEXT,
  decision TEXT,
  disposition TEXT,
  status TEXT NOT NULL,
  last_note TEXT,
  report_count INTEGER NOT NULL,
  has_news INTEGER NOT NULL,
  has_conflict INTEGER NOT NULL,
  is_on_board INTEGER NOT NULL,
  activity TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_board ON incident (rank, opened_at, incident) WHERE is_on_board = 1;
CREATE INDEX incident_label ON incident (label_series, label_number, origin);
CREATE INDEX incident_opened_at ON incident (opened_at);

-- `alarm_since`: when an unacknowledged P1 relay was told, null when no alarm may come of it.
CREATE TABLE relay (
  relay TEXT PRIMARY KEY,
  incident TEXT,
  agency TEXT NOT NULL,
  channel TEXT NOT NULL,
  step TEXT NOT NULL,
  told_at INTEGER NOT NULL,
  received_at INTEGER,
  acknowledged_at INTEGER,
  refused_at INTEGER,
  under_way_at INTEGER,
  on_scene_at INTEGER,
  done_at INTEGER,
  cancelled_at INTEGER,
  told_by_voice_at INTEGER,
  person TEXT,
  reason TEXT,
  is_read_back INTEGER NOT NULL,
  handled_due_at INTEGER,
  alarm_since INTEGER,
  activity TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX relay_incident ON relay (incident, told_at, relay);
CREATE INDEX relay_alarm ON relay (alarm_since, relay) WHERE alarm_since IS NOT NULL;

-- Local: which version of the rules made the rows above; an older one means that they are made again at the next start.
CREATE TABLE state_rules (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  version INTEGER NOT NULL
) STRICT;
