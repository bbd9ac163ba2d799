-- Contacts that no exchange told of, and what was written on paper first. `happened_at`: when it happened, by the person who typed it
-- later; null = when it was recorded. `typed_at`, `typed_by`: who typed it and when (true time, UTC ms); null = not from paper.
ALTER TABLE call_event ADD COLUMN happened_at INTEGER;
ALTER TABLE incident_opened ADD COLUMN happened_at INTEGER;
ALTER TABLE report_added ADD COLUMN happened_at INTEGER;
ALTER TABLE note ADD COLUMN happened_at INTEGER;
ALTER TABLE relay_card ADD COLUMN happened_at INTEGER;
ALTER TABLE relay_event ADD COLUMN happened_at INTEGER;

-- `is_by_hand`: no exchange measured it, so it counts as a contact but says nothing about how fast calls are answered.
ALTER TABLE call ADD COLUMN is_by_hand INTEGER NOT NULL DEFAULT 0;
ALTER TABLE call ADD COLUMN typed_at INTEGER;
ALTER TABLE incident ADD COLUMN typed_at INTEGER;
ALTER TABLE relay ADD COLUMN typed_at INTEGER;
ALTER TABLE relay ADD COLUMN typed_by TEXT;

DROP INDEX call_day;
CREATE INDEX call_day ON call (offered_at, direction, answered_at, ended_at, is_by_hand, source, dialled);
