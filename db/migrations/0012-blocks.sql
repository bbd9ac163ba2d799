-- Requests to block a number, their decisions and early ends. The number is personal.
CREATE TABLE block_event (
  block TEXT NOT NULL,
  op TEXT NOT NULL,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  time INTEGER NOT NULL,
  by TEXT NOT NULL,
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  hours INTEGER,
  approved INTEGER,
  number TEXT,
  reason TEXT,
  PRIMARY KEY (block, op)
) STRICT, WITHOUT ROWID;

-- Derived: the first request, decision and lifting count. `until` is when an approved block ends by itself.
CREATE TABLE block (
  block TEXT PRIMARY KEY,
  number TEXT,
  reason TEXT,
  hours INTEGER NOT NULL,
  requested_at INTEGER NOT NULL,
  requested_by TEXT NOT NULL,
  approved INTEGER,
  decided_at INTEGER,
  decided_by TEXT,
  until INTEGER,
  lifted_at INTEGER,
  lifted_by TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX block_requested ON block (requested_at) WHERE decided_at IS NULL;
CREATE INDEX block_running ON block (until) WHERE until IS NOT NULL;
CREATE INDEX block_number ON block (number, until) WHERE number IS NOT NULL AND until IS NOT NULL;
