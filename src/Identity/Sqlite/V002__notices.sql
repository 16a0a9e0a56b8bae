-- Rows of the projection front/notices, made again by a rebuild: what an organisation's people should know, by the event that it tells of. facts fill the text of its kind.
CREATE TABLE notices (
    organisation_id TEXT    NOT NULL,
    position        INTEGER NOT NULL,
    nth             INTEGER NOT NULL,
    kind            TEXT    NOT NULL,
    link            TEXT    NOT NULL,
    facts           TEXT    NOT NULL,
    at_ms           INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, position, nth)
) WITHOUT ROWID;

-- Not out of the journal: up to which position an organisation has read its notices.
CREATE TABLE notices_read (
    organisation_id TEXT    NOT NULL PRIMARY KEY,
    position        INTEGER NOT NULL
) WITHOUT ROWID;
