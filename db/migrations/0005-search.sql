-- Finding incidents again. Both tables are local: they are made from the rows of the state and belong to no hash.

-- One row per incident: the words it can be found by, each once. `doc` grows with the time of opening, so the newest stands first
-- without sorting: doc = opened_at * 1024 + a number below 1024.
CREATE TABLE incident_text (
  doc INTEGER PRIMARY KEY,
  incident TEXT NOT NULL UNIQUE,
  words TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE incident_index USING fts5(
  words, content='incident_text', content_rowid='doc', detail='none', tokenize='unicode61 remove_diacritics 0'
);
-- What is erased must leave the index too, not only be marked as gone.
INSERT INTO incident_index (incident_index, rank) VALUES ('secure-delete', 1);

-- Up to which row of `op` the index is complete; older databases are indexed by the rebuild that this version makes due.
CREATE TABLE find_mark (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  op INTEGER NOT NULL
) STRICT;
INSERT INTO find_mark (one, op) SELECT 1, coalesce(max(op), 0) FROM op;
