-- Cards whose text is erased. At the centre and at desks they follow from the erased relay ops; at an agency desk they came by a
-- word of the centre. `n` is the order in which they were erased here. Their text is refused for ever, whoever brings it.
CREATE TABLE card_erased (
  n INTEGER PRIMARY KEY,
  agency TEXT NOT NULL,
  card BLOB NOT NULL,
  UNIQUE (agency, card)
) STRICT;
CREATE INDEX card_erased_order ON card_erased (agency, n);

INSERT INTO card_erased (agency, card)
SELECT DISTINCT json_extract(CAST(bytes AS TEXT), '$.body.agency'), unhex(json_extract(CAST(bytes AS TEXT), '$.body.card'))
FROM op
WHERE part = 'erased' AND standing = 'applied' AND kind IN ('RelayMade', 'RelayChanged', 'RelayCancelled')
  AND unhex(json_extract(CAST(bytes AS TEXT), '$.body.card')) IS NOT NULL
  AND json_extract(CAST(bytes AS TEXT), '$.body.agency') IS NOT NULL;
