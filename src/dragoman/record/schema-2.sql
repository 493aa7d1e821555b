-- Version 2: on what occasion words were spoken, and what their speaker holds in them.

ALTER TABLE statements ADD COLUMN occasion_kind TEXT;
ALTER TABLE statements ADD COLUMN occasion_start INTEGER;
ALTER TABLE statements ADD COLUMN occasion_end INTEGER;
ALTER TABLE statements ADD COLUMN occasion_text TEXT;
-- JSON: [{kind, start, end, text, toward, tie, coder}, ...], toward a list of parties
ALTER TABLE statements ADD COLUMN positions TEXT NOT NULL DEFAULT '[]';

CREATE TABLE statement_positions (
  statement INTEGER NOT NULL REFERENCES statements (seq) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  PRIMARY KEY (kind, statement)
) WITHOUT ROWID;
CREATE INDEX statement_positions_statement ON statement_positions (statement);
