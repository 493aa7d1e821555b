-- Version 6: entries by how sure they are, so that what is less sure than asked for is counted without reading the rest.

CREATE INDEX events_confidence ON events (confidence);
CREATE INDEX statements_confidence ON statements (confidence);
