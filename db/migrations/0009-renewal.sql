-- Local: how far the state has been made again after an update that changed the rules; no row when nothing is under way.
-- `phase`: 'open' (what is on the board), 'walk' (all aggregates, the newest first; those from `at` on are done), 'sweep' (rows of
-- tables for which there is no op; `at` is "table id"). `op_count` says how many ops have been applied again so far.
CREATE TABLE renewal (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  version INTEGER NOT NULL,
  phase TEXT NOT NULL CHECK (phase IN ('open', 'walk', 'sweep')),
  at TEXT NOT NULL,
  op_count INTEGER NOT NULL
) STRICT;
