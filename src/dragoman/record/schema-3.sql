-- Version 3: entries whose date spans several days, by where it ends: needed to know how far back those
-- begin that reach into a stretch of time (see queries.py, _within). And what lists go by that name no
-- party.

CREATE INDEX events_spans ON events (last, first) WHERE last > first;
CREATE INDEX statements_spans ON statements (last, first) WHERE last > first;
CREATE INDEX reports_spans ON reports (last, first) WHERE last > first;
CREATE INDEX reports_status ON reports (status, first, id);
CREATE INDEX stories_first ON stories (first, id);
CREATE INDEX happenings_first ON happenings (first, id);
