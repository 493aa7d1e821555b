-- The record, version 1. Offsets count the characters of the report's text, from 0; ends are exclusive.
-- Day numbers are written YYYYMMDD as integers: first 99999999 and last 0 where no date is known.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE reports (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  given_id TEXT NOT NULL,          -- the id it came with, where another text had that id already
  digest TEXT NOT NULL,            -- of all that came from outside
  text_digest TEXT NOT NULL,       -- of the text alone
  reader TEXT NOT NULL,            -- model and rulebook that read it
  outlet TEXT,
  title TEXT,
  url TEXT,
  published TEXT,
  updated TEXT,
  language TEXT,
  source TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT NOT NULL,
  wire TEXT,
  first INTEGER NOT NULL,          -- day of publication
  last INTEGER NOT NULL,
  parts TEXT NOT NULL,             -- JSON: [[kind, start, end], ...]
  extra TEXT NOT NULL,             -- JSON: [[key, value as JSON], ...]
  embedding BLOB NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX reports_given ON reports (given_id);
CREATE INDEX reports_first ON reports (first, id);
CREATE INDEX reports_outlet ON reports (outlet, first);

CREATE TABLE sentences (
  report INTEGER NOT NULL REFERENCES reports (seq) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  PRIMARY KEY (report, ord)
) WITHOUT ROWID;

-- How parties were coded: each way once, however often it was met.
CREATE TABLE codings (
  seq INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  name TEXT,
  entity_code TEXT,
  country_code TEXT,
  sector_code TEXT,
  other_sector_codes TEXT NOT NULL, -- JSON list
  catalogue_id TEXT,
  why TEXT NOT NULL
);
CREATE INDEX codings_name ON codings (name COLLATE NOCASE);

-- What a party can be asked for by: its catalogue row or name, and its codes.
CREATE TABLE keys (
  seq INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE
);

CREATE TABLE mentions (
  report INTEGER NOT NULL REFERENCES reports (seq) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  sentence INTEGER NOT NULL,
  kind TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  head INTEGER,
  coding INTEGER REFERENCES codings (seq),
  actor_start INTEGER,
  actor_end INTEGER,
  PRIMARY KEY (report, ord)
) WITHOUT ROWID;

-- How often a report mentions a party.
CREATE TABLE report_keys (
  key INTEGER NOT NULL REFERENCES keys (seq),
  report INTEGER NOT NULL REFERENCES reports (seq) ON DELETE CASCADE,
  mentions INTEGER NOT NULL,
  PRIMARY KEY (key, report)
) WITHOUT ROWID;
CREATE INDEX report_keys_report ON report_keys (report);

CREATE TABLE moments (
  report INTEGER NOT NULL REFERENCES reports (seq) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  value TEXT,
  until TEXT,
  precision TEXT NOT NULL,
  kind TEXT NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (report, ord)
) WITHOUT ROWID;

-- layer 0: as read; layer 1: as amended by people.
-- hidden 0: shown; 1: rejected by people; 2: an amended row stands in its place.
CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  layer INTEGER NOT NULL DEFAULT 0,
  hidden INTEGER NOT NULL DEFAULT 0,
  report INTEGER NOT NULL REFERENCES reports (seq) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  sentence INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  text TEXT NOT NULL,
  trigger_start INTEGER NOT NULL,
  trigger_end INTEGER NOT NULL,
  trigger_text TEXT NOT NULL,
  event TEXT NOT NULL,
  mode TEXT NOT NULL,              -- JSON lists
  context TEXT NOT NULL,
  auxiliary TEXT NOT NULL,
  quad_code INTEGER NOT NULL,
  event_scale REAL NOT NULL,
  date TEXT,
  date_precision TEXT NOT NULL,
  enddate TEXT,
  date_why TEXT NOT NULL,
  place_start INTEGER,
  place_end INTEGER,
  place_text TEXT,
  place_name TEXT,
  place_country TEXT,
  said_by TEXT,
  confidence REAL NOT NULL,
  coder TEXT NOT NULL,
  why TEXT NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  UNIQUE (id, layer)
);
CREATE INDEX events_report ON events (report, ord);
CREATE INDEX events_first ON events (first, id);
CREATE INDEX events_type ON events (event, first);
CREATE INDEX events_hidden ON events (hidden) WHERE hidden <> 0;
CREATE INDEX events_said_by ON events (said_by) WHERE said_by IS NOT NULL;

CREATE TABLE event_parties (
  event INTEGER NOT NULL REFERENCES events (seq) ON DELETE CASCADE,
  role TEXT NOT NULL,              -- actor, recipient
  ord INTEGER NOT NULL,
  coding INTEGER NOT NULL REFERENCES codings (seq),
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (event, role, ord)
) WITHOUT ROWID;

-- Which events have a party (b is 0), and which have two parties that deal with one another
-- (a <= b): an actor and a recipient, or two actors of a mutual event. All events of a pair are one
-- stretch of this index, in order of date.
CREATE TABLE event_keys (
  a INTEGER NOT NULL,
  b INTEGER NOT NULL,
  first INTEGER NOT NULL,
  event INTEGER NOT NULL REFERENCES events (seq) ON DELETE CASCADE,
  PRIMARY KEY (a, b, first, event)
) WITHOUT ROWID;
CREATE INDEX event_keys_event ON event_keys (event);

CREATE TABLE statements (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  layer INTEGER NOT NULL DEFAULT 0,
  hidden INTEGER NOT NULL DEFAULT 0,
  report INTEGER NOT NULL REFERENCES reports (seq) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  sentence INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  text TEXT NOT NULL,
  kind TEXT NOT NULL,
  cue_start INTEGER,
  cue_end INTEGER,
  cue_text TEXT,
  content_start INTEGER NOT NULL,
  content_end INTEGER NOT NULL,
  content TEXT NOT NULL,
  date TEXT,
  date_precision TEXT NOT NULL,
  confidence REAL NOT NULL,
  coder TEXT NOT NULL,
  why TEXT NOT NULL,
  embedding BLOB NOT NULL,
  first INTEGER NOT NULL,          -- of the date; of the report where the words have no date
  last INTEGER NOT NULL,
  UNIQUE (id, layer)
);
CREATE INDEX statements_report ON statements (report, ord);
CREATE INDEX statements_hidden ON statements (hidden) WHERE hidden <> 0;
CREATE INDEX statements_first ON statements (first, id);

CREATE TABLE statement_parties (
  statement INTEGER NOT NULL REFERENCES statements (seq) ON DELETE CASCADE,
  role TEXT NOT NULL,              -- speaker, addressee, via
  coding INTEGER NOT NULL REFERENCES codings (seq),
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (statement, role)
) WITHOUT ROWID;

CREATE TABLE statement_keys (
  role TEXT NOT NULL,              -- speaker, addressee, via; about: mentioned in what is said
  key INTEGER NOT NULL REFERENCES keys (seq),
  first INTEGER NOT NULL,
  statement INTEGER NOT NULL REFERENCES statements (seq) ON DELETE CASCADE,
  PRIMARY KEY (role, key, first, statement)
) WITHOUT ROWID;
CREATE INDEX statement_keys_statement ON statement_keys (statement);

-- What a report tells of ties between parties.
CREATE TABLE tellings (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  report INTEGER NOT NULL REFERENCES reports (seq) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  sentence INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  text TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  date TEXT,
  date_precision TEXT NOT NULL,
  until TEXT,
  said_by TEXT,
  auxiliary TEXT NOT NULL,         -- JSON list
  coder TEXT NOT NULL,
  why TEXT NOT NULL
);
CREATE INDEX tellings_report ON tellings (report, ord);

CREATE TABLE telling_parties (
  telling INTEGER NOT NULL REFERENCES tellings (seq) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  coding INTEGER NOT NULL REFERENCES codings (seq),
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (telling, ord)
) WITHOUT ROWID;

-- What gathering made of all reports; replaced as a whole.
CREATE TABLE stories (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  date TEXT,
  why TEXT NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE story_reports (
  story TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  report_id TEXT NOT NULL,
  PRIMARY KEY (story, ord)
) WITHOUT ROWID;
CREATE INDEX story_reports_report ON story_reports (report_id, story);

CREATE TABLE story_copies (
  story TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  copy_id TEXT NOT NULL,
  original_id TEXT NOT NULL,
  PRIMARY KEY (story, ord)
) WITHOUT ROWID;

CREATE TABLE happenings (
  id TEXT PRIMARY KEY,
  story_id TEXT,
  event TEXT NOT NULL,
  date TEXT,
  why TEXT NOT NULL,
  first INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE happening_members (
  happening TEXT NOT NULL REFERENCES happenings (id) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  member_id TEXT NOT NULL,
  PRIMARY KEY (happening, ord)
) WITHOUT ROWID;
CREATE INDEX happening_members_member ON happening_members (member_id, happening);

CREATE TABLE utterances (
  id TEXT PRIMARY KEY,
  story_id TEXT,
  speaker TEXT,
  why TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE utterance_members (
  utterance TEXT NOT NULL REFERENCES utterances (id) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  member_id TEXT NOT NULL,
  PRIMARY KEY (utterance, ord)
) WITHOUT ROWID;
CREATE INDEX utterance_members_member ON utterance_members (member_id, utterance);

CREATE TABLE ties (
  id TEXT NOT NULL,
  layer INTEGER NOT NULL DEFAULT 0,
  hidden INTEGER NOT NULL DEFAULT 0,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  since TEXT,
  since_precision TEXT NOT NULL,
  until TEXT,
  told TEXT,
  said_by TEXT,
  directed INTEGER NOT NULL,
  why TEXT NOT NULL,
  first INTEGER NOT NULL,          -- first day of since; 99999999 where not known
  last INTEGER NOT NULL,           -- last day of until; 99999999 where it holds on
  told_first INTEGER NOT NULL,
  PRIMARY KEY (id, layer)
) WITHOUT ROWID;

CREATE TABLE tie_members (
  tie TEXT NOT NULL,
  layer INTEGER NOT NULL,
  ord INTEGER NOT NULL,
  member TEXT NOT NULL,
  PRIMARY KEY (tie, layer, ord),
  FOREIGN KEY (tie, layer) REFERENCES ties (id, layer) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX tie_members_member ON tie_members (member COLLATE NOCASE, tie, layer);

CREATE TABLE tie_evidence (
  tie TEXT NOT NULL,
  layer INTEGER NOT NULL,
  ord INTEGER NOT NULL,
  report_id TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  text TEXT NOT NULL,
  event_id TEXT,
  statement_id TEXT,
  PRIMARY KEY (tie, layer, ord),
  FOREIGN KEY (tie, layer) REFERENCES ties (id, layer) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX tie_evidence_report ON tie_evidence (report_id, tie);

-- What people decided. Rows are only ever added.
CREATE TABLE corrections (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  entry_kind TEXT NOT NULL,        -- event, statement, tie
  entry_id TEXT NOT NULL,
  report_id TEXT,                  -- NULL for a tie
  words TEXT NOT NULL,             -- the entry's exact words when it was corrected
  coding TEXT NOT NULL,            -- its type then, to tell entries of the same words apart
  verdict TEXT NOT NULL,           -- reject, amend, confirm
  field TEXT,
  value TEXT,
  who TEXT,
  made TEXT,                       -- when, as given
  note TEXT NOT NULL
);
CREATE INDEX corrections_entry ON corrections (entry_id);
CREATE INDEX corrections_report ON corrections (report_id);
CREATE TRIGGER corrections_not_changed BEFORE UPDATE ON corrections
BEGIN
  SELECT RAISE(ABORT, 'corrections are only ever added');
END;
CREATE TRIGGER corrections_not_lost BEFORE DELETE ON corrections
BEGIN
  SELECT RAISE(ABORT, 'corrections are only ever added');
END;

-- Full text: reports by title and text, statements by what is said.
CREATE VIRTUAL TABLE report_words USING fts5 (
  title, text, content='reports', content_rowid='seq',
  tokenize='porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER report_words_in AFTER INSERT ON reports
BEGIN
  INSERT INTO report_words (rowid, title, text) VALUES (new.seq, new.title, new.text);
END;
CREATE TRIGGER report_words_out AFTER DELETE ON reports
BEGIN
  INSERT INTO report_words (report_words, rowid, title, text)
  VALUES ('delete', old.seq, old.title, old.text);
END;
CREATE TRIGGER report_words_changed AFTER UPDATE OF title, text ON reports
WHEN old.title IS NOT new.title OR old.text IS NOT new.text
BEGIN
  INSERT INTO report_words (report_words, rowid, title, text)
  VALUES ('delete', old.seq, old.title, old.text);
  INSERT INTO report_words (rowid, title, text) VALUES (new.seq, new.title, new.text);
END;

CREATE VIRTUAL TABLE statement_words USING fts5 (
  content, content='statements', content_rowid='seq',
  tokenize='porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER statement_words_in AFTER INSERT ON statements
BEGIN
  INSERT INTO statement_words (rowid, content) VALUES (new.seq, new.content);
END;
CREATE TRIGGER statement_words_out AFTER DELETE ON statements
BEGIN
  INSERT INTO statement_words (statement_words, rowid, content)
  VALUES ('delete', old.seq, old.content);
END;
