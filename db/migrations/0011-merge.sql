-- Incidents that turned out to be one. `merge_link`: each absorbed incident and the one it was merged into, derived from its field
-- `mergedInto`; the other one may not be here yet.
CREATE TABLE merge_link (
  incident TEXT PRIMARY KEY,
  into_incident TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX merge_link_into ON merge_link (into_incident);

-- `root`: the incident that shows everything of an absorbed one; null for an incident that stands for itself. `is_umbrella`: callers
-- of a surge are added to it with one key.
ALTER TABLE incident ADD COLUMN root TEXT;
ALTER TABLE incident ADD COLUMN is_umbrella INTEGER NOT NULL DEFAULT 0;
CREATE INDEX incident_root ON incident (root) WHERE root IS NOT NULL;
CREATE INDEX incident_umbrella ON incident (opened_at) WHERE is_umbrella = 1;
