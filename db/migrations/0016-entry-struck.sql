-- Entries that a person took back: a report, a step, a call to an agency, a dealt-with alarm, a contact, a prompt, a word about a block.
-- `aggregate` is "relay:uuid"; `entry` the id of the op that does not count any more, which may not be here yet.
CREATE TABLE entry_strike (
  aggregate TEXT NOT NULL,
  entry TEXT NOT NULL,
  op TEXT NOT NULL,
  at TEXT NOT NULL,
  time INTEGER NOT NULL,
  by TEXT NOT NULL,
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  reason TEXT,
  PRIMARY KEY (aggregate, entry, op)
) STRICT, WITHOUT ROWID;

-- Reports that count.
CREATE VIEW report_counted AS SELECT * FROM report_added
  WHERE NOT EXISTS (SELECT 1 FROM entry_strike s WHERE s.aggregate = 'report:' || report_added.report AND s.entry = report_added.op);
