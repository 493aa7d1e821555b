-- Version 5: ties by the pairs among their members, so that a pair's history is one stretch of an index; and
-- the members of ties of older records.

CREATE TABLE tie_pairs (
  a TEXT NOT NULL COLLATE NOCASE,  -- a < b
  b TEXT NOT NULL COLLATE NOCASE,
  tie TEXT NOT NULL,
  layer INTEGER NOT NULL,
  PRIMARY KEY (a, b, tie, layer),
  FOREIGN KEY (tie, layer) REFERENCES ties (id, layer) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX tie_pairs_tie ON tie_pairs (tie, layer);
INSERT OR IGNORE INTO tie_pairs
  SELECT one.member, other.member, one.tie, one.layer FROM tie_members one
  JOIN tie_members other ON other.tie = one.tie AND other.layer = one.layer
  WHERE one.member < other.member COLLATE NOCASE;
UPDATE ties SET members = (
  SELECT json_group_array(m.member) FROM (
    SELECT member FROM tie_members WHERE tie = ties.id AND layer = ties.layer ORDER BY ord
  ) m
) WHERE members = '';
