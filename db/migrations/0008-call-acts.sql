-- What operators did with a call beside setting its fields: prompts given to a silent caller.
CREATE TABLE call_act (
  call TEXT NOT NULL,
  op TEXT NOT NULL,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  time INTEGER NOT NULL,
  by TEXT NOT NULL,
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  prompt TEXT,
  reason TEXT,
  PRIMARY KEY (call, op)
) STRICT, WITHOUT ROWID;
