-- The answers to the questions of a protocol: what was answered when, and by which version of the protocol it was asked.
CREATE TABLE answer_given (
  incident TEXT NOT NULL,
  op TEXT NOT NULL,
  at TEXT NOT NULL,
  time INTEGER NOT NULL,
  by TEXT NOT NULL,
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  protocol TEXT NOT NULL,
  version INTEGER NOT NULL,
  question TEXT NOT NULL,
  answer TEXT,
  PRIMARY KEY (incident, op)
) STRICT, WITHOUT ROWID;

-- Of a head: what set the value when no person chose it ("type", "answers").
ALTER TABLE field_set ADD COLUMN why TEXT;
