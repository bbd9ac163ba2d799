-- The op log: what every member recorded, as bytes, with what is known about it. Hashes are 32 raw bytes.

-- One line of ops. `branch` 0 is the first line known of an origin; a fork has further ones that leave `parent` before `from_seq`.
CREATE TABLE log (
  log INTEGER PRIMARY KEY,
  origin TEXT NOT NULL,
  branch INTEGER NOT NULL,
  parent INTEGER REFERENCES log (log),
  from_seq INTEGER NOT NULL,
  before BLOB NOT NULL,
  head_seq INTEGER NOT NULL,
  head_hash BLOB NOT NULL,
  key TEXT NOT NULL,
  after_origin TEXT,
  vouch TEXT,
  is_held INTEGER NOT NULL CHECK (is_held IN (0, 1)),
  is_closed INTEGER NOT NULL CHECK (is_closed IN (0, 1)),
  sent_seq INTEGER NOT NULL DEFAULT 0,
  confirmed_seq INTEGER NOT NULL DEFAULT 0,
  UNIQUE (origin, branch)
) STRICT;

-- `at`, `kind` and `aggregate` are copies for reading in order; the truth is `bytes`. The personal part (`salt`, `personal`) is not
-- in the hash chain, so that it can be erased and the chain still holds. `seal` is the signature where a sealed run ends.
CREATE TABLE op (
  op INTEGER PRIMARY KEY,
  log INTEGER NOT NULL REFERENCES log (log),
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL,
  was BLOB,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  aggregate TEXT NOT NULL,
  bytes BLOB NOT NULL,
  personal_hash BLOB,
  part TEXT NOT NULL CHECK (part IN ('none', 'kept', 'missing', 'erased')),
  standing TEXT NOT NULL CHECK (standing IN ('applied', 'parked', 'twin', 'held')),
  reason TEXT,
  salt BLOB,
  personal BLOB,
  seal BLOB,
  UNIQUE (log, seq)
) STRICT;
CREATE UNIQUE INDEX op_hash ON op (hash);
CREATE INDEX op_was ON op (was) WHERE was IS NOT NULL;
CREATE INDEX op_aggregate ON op (aggregate, at, hash);
CREATE INDEX op_missing ON op (log, seq) WHERE part = 'missing';
CREATE INDEX op_parked ON op (aggregate) WHERE standing = 'parked';

-- Own keys, one per epoch; the newest row is the one that writes. `seed` is the secret.
CREATE TABLE own_key (
  epoch INTEGER PRIMARY KEY,
  site TEXT NOT NULL,
  member TEXT NOT NULL,
  origin TEXT NOT NULL UNIQUE,
  seed BLOB NOT NULL,
  opened_at INTEGER NOT NULL
) STRICT;

-- One row. `starts` is the incarnation of own words; `centre_inc` the newest incarnation of the centre that was heard.
CREATE TABLE sync (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  starts INTEGER NOT NULL,
  centre_inc INTEGER NOT NULL,
  offset_ms INTEGER,
  confirmed_at INTEGER
) STRICT;

CREATE TABLE member_list (
  version INTEGER PRIMARY KEY,
  w TEXT NOT NULL,
  sig TEXT NOT NULL
) STRICT;

-- The highest (inc, n) heard per signer and topic: older words are ignored.
CREATE TABLE word (
  signer TEXT NOT NULL,
  topic TEXT NOT NULL,
  inc INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (signer, topic)
) STRICT, WITHOUT ROWID;

-- Words of signers that no member list knows yet, one per topic, to be judged again.
CREATE TABLE waiting_word (
  topic TEXT PRIMARY KEY,
  payload TEXT NOT NULL,
  received_at INTEGER NOT NULL
) STRICT;

-- What each member last said it has; `at` is the member's clock, `content` canonical JSON.
CREATE TABLE have (
  member TEXT PRIMARY KEY,
  origin TEXT NOT NULL,
  at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  content TEXT NOT NULL
) STRICT;

-- Ids of ops whose personal part the law or the centre took away; late copies are refused.
CREATE TABLE erased (
  id BLOB PRIMARY KEY,
  by_op BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Relay cards. A desk and the centre know them from ops (`op` is set, the text lies in the personal part);
-- an agency desk got them by word (`text` is set). `is_held`: the agency has said that it has it; `is_open`: its delivery
-- is still watched.
CREATE TABLE card (
  id BLOB PRIMARY KEY,
  relay TEXT NOT NULL,
  agency TEXT NOT NULL,
  origin TEXT NOT NULL,
  sig TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('made', 'changed', 'cancelled')),
  op INTEGER REFERENCES op (op),
  text TEXT,
  received_at INTEGER NOT NULL,
  told_at INTEGER,
  is_again INTEGER NOT NULL CHECK (is_again IN (0, 1)),
  is_held INTEGER NOT NULL CHECK (is_held IN (0, 1)),
  is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
  is_head INTEGER NOT NULL CHECK (is_head IN (0, 1))
) STRICT;
CREATE INDEX card_relay ON card (relay);
CREATE INDEX card_open ON card (agency) WHERE is_head = 1 AND is_open = 1;

CREATE TABLE card_over (
  over BLOB NOT NULL,
  card BLOB NOT NULL,
  PRIMARY KEY (over, card)
) STRICT, WITHOUT ROWID;

-- Proofs that something is wrong with a log; they stay until a person has dealt with them.
CREATE TABLE log_alarm (
  kind TEXT NOT NULL CHECK (kind IN ('fork', 'rewound', 'members')),
  origin TEXT NOT NULL,
  noticed_at INTEGER NOT NULL,
  PRIMARY KEY (kind, origin)
) STRICT, WITHOUT ROWID;
