-- When a missed call was followed up last (true time, UTC ms): two desks must see that somebody is calling back just now.
ALTER TABLE call ADD COLUMN follow_up_at INTEGER;
CREATE INDEX call_called_back ON call (follow_up_at) WHERE follow_up = 'dihubungi';
-- Silent calls by time: a second one from a number within a day raises attention.
CREATE INDEX call_silent ON call (offered_at) WHERE class = 'GHOST';
