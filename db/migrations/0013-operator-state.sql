-- What operators said of themselves: ready, not ready with a reason, writing up a call. Signing in and out are rows too, so that
-- the newest row of a log tells how its desk is staffed.
CREATE TABLE operator_state (
  session TEXT NOT NULL,
  op TEXT NOT NULL,
  at TEXT NOT NULL,
  time INTEGER NOT NULL,
  by TEXT NOT NULL,
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  text TEXT,
  call TEXT,
  PRIMARY KEY (session, op)
) STRICT, WITHOUT ROWID;
CREATE INDEX operator_state_newest ON operator_state (origin, at, op);
