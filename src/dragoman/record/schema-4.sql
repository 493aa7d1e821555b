-- Version 4: what gathering keeps, so that new reports touch only what they must; and ties by their members.

-- Reports written or corrected since the last gathering.
CREATE TABLE ungathered (
  report INTEGER PRIMARY KEY REFERENCES reports (seq) ON DELETE CASCADE
);

-- By what a report is compared with others; numbers as little-endian arrays.
CREATE TABLE cards (
  report INTEGER PRIMARY KEY REFERENCES reports (seq) ON DELETE CASCADE,
  day INTEGER,
  outlet TEXT,
  wire TEXT,
  title TEXT NOT NULL,
  titled INTEGER NOT NULL,
  length INTEGER NOT NULL,
  reach INTEGER NOT NULL,
  terms BLOB NOT NULL,
  weights BLOB NOT NULL,
  title_terms BLOB NOT NULL,
  shingles BLOB NOT NULL
);
-- Which cards have a term among their weightiest: their numbers and days (-1 where not known) as pairs,
-- for 4096 reports at a time.
CREATE TABLE card_terms (
  term INTEGER NOT NULL,
  shelf INTEGER NOT NULL,
  cards BLOB NOT NULL,
  PRIMARY KEY (term, shelf)
) WITHOUT ROWID;
-- What lies around a card, each pair both ways: cards that share words with it; those that sharpen it (one
-- way); those that may share a story with it once sharpened.
CREATE TABLE card_edges (
  card INTEGER NOT NULL, other INTEGER NOT NULL, likeness REAL NOT NULL, PRIMARY KEY (card, other)
) WITHOUT ROWID;
CREATE TABLE card_neighbours (
  card INTEGER NOT NULL, other INTEGER NOT NULL, likeness REAL NOT NULL, PRIMARY KEY (card, other)
) WITHOUT ROWID;
CREATE TABLE card_links (
  card INTEGER NOT NULL, other INTEGER NOT NULL, likeness REAL NOT NULL, PRIMARY KEY (card, other)
) WITHOUT ROWID;

-- Tellings of one story that tell one occurrence, and what of another story they may retell.
CREATE TABLE parts (
  id TEXT PRIMARY KEY,
  story_id TEXT,
  historical INTEGER NOT NULL,
  day TEXT,
  first_day TEXT NOT NULL,
  first_report TEXT NOT NULL,
  first_place INTEGER NOT NULL,
  best TEXT
) WITHOUT ROWID;
CREATE INDEX parts_best ON parts (best) WHERE best IS NOT NULL;
CREATE TABLE part_members (
  part TEXT NOT NULL,
  ord INTEGER NOT NULL,
  telling TEXT NOT NULL,
  report_id TEXT NOT NULL,
  PRIMARY KEY (part, ord)
) WITHOUT ROWID;
CREATE INDEX part_members_report ON part_members (report_id, part);
CREATE TABLE part_keys (
  actor TEXT NOT NULL,
  recipient TEXT NOT NULL,
  year TEXT NOT NULL,
  part TEXT NOT NULL,
  PRIMARY KEY (actor, recipient, year, part)
) WITHOUT ROWID;
CREATE INDEX part_keys_part ON part_keys (part);
CREATE TABLE part_links (
  part TEXT NOT NULL,
  other TEXT NOT NULL,
  score REAL NOT NULL,
  PRIMARY KEY (part, other)
) WITHOUT ROWID;
CREATE INDEX part_links_other ON part_links (other);

-- What is told of ties, as the ledger takes it.
CREATE TABLE told (
  seq INTEGER PRIMARY KEY,
  members TEXT NOT NULL,           -- JSON list
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  date TEXT NOT NULL,
  until TEXT NOT NULL,
  day TEXT NOT NULL,
  report_id TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  text TEXT NOT NULL,
  said_by TEXT NOT NULL,
  event_id TEXT NOT NULL,
  coder TEXT NOT NULL
);
CREATE INDEX told_members ON told (members, kind);
CREATE INDEX told_report ON told (report_id);

ALTER TABLE ties ADD COLUMN members TEXT NOT NULL DEFAULT '';
CREATE INDEX ties_members ON ties (members, kind);
CREATE INDEX story_copies_copy ON story_copies (copy_id);
CREATE INDEX utterances_story ON utterances (story_id) WHERE story_id IS NOT NULL;
