-- Which own ops were one command, so that an operator can take it back. This desk alone; rows are forgotten after an hour.
-- `ops` is JSON [op id]; `undoes` the action that this one took back; `state`: done, undone, passed (it could not be taken back).
CREATE TABLE own_action (
  place INTEGER PRIMARY KEY,
  action TEXT NOT NULL,
  session TEXT NOT NULL,
  name TEXT NOT NULL,
  at INTEGER NOT NULL,
  ops TEXT NOT NULL,
  undoes TEXT,
  state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'passed'))
) STRICT;
