-- The journal: what happened, in one gapless order, with a chain of hashes over it.
-- One writer at a time takes the head (BEGIN IMMEDIATE), so positions have no gaps and nobody sees an event late.

-- The end of the journal: last position, its time (never goes back), the chain's hash there.
CREATE TABLE head (
    one      INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    position INTEGER NOT NULL,
    at_ms    INTEGER NOT NULL,
    hash     BLOB    NOT NULL
);
INSERT INTO head (one, position, at_ms, hash) VALUES (1, 0, 0, zeroblob(32));

-- A stream's name ('market/lot/<id>') and the short number that events carry instead; its version, and the position of its last event. The row moves from the version it was
-- read at, so no version is given twice.
CREATE TABLE streams (
    stream  INTEGER NOT NULL PRIMARY KEY,
    name    TEXT    NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    last    INTEGER NOT NULL
);

-- Never updated, never deleted. previous is the position of the stream's event before, 0 for its first: a stream is read backwards from its last event, so that no index over
-- (stream, version) is needed, whose pages would be the most that a batch writes (docs/adr/0007).
CREATE TABLE events (
    position   INTEGER NOT NULL PRIMARY KEY,
    stream     INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    previous   INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    data       TEXT    NOT NULL,
    command_id BLOB    NOT NULL,
    caller     TEXT    NOT NULL,
    at_ms      INTEGER NOT NULL
);

-- The chain's hash at the end of each batch.
CREATE TABLE chain (
    position INTEGER NOT NULL PRIMARY KEY,
    hash     BLOB    NOT NULL
);

-- One row per answered command. The digest covers caller and command; ids are time-ordered, so the table grows at one end.
-- answer is null for accepted commands: their events are the answer.
CREATE TABLE receipts (
    command_id BLOB    NOT NULL PRIMARY KEY,
    digest     BLOB    NOT NULL,
    stream     INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    events     INTEGER NOT NULL,
    answer     TEXT,
    at_ms      INTEGER NOT NULL
) WITHOUT ROWID;

-- A committed state, to load fast. Losing one costs time, never truth.
CREATE TABLE snapshots (
    stream  INTEGER NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    format  INTEGER NOT NULL,
    state   BLOB    NOT NULL
);

-- Inline rows of whichever stream wants to be woken.
CREATE TABLE reminders (
    stream TEXT    NOT NULL,
    name   TEXT    NOT NULL,
    due_ms INTEGER NOT NULL,
    PRIMARY KEY (stream, name)
) WITHOUT ROWID;
CREATE INDEX reminders_due ON reminders (due_ms, stream, name);

-- How far each follower is, and which process has the lease. fence grows with each new owner.
CREATE TABLE followers (
    name       TEXT    NOT NULL PRIMARY KEY,
    checkpoint INTEGER NOT NULL,
    owner      TEXT    NOT NULL,
    until_ms   INTEGER NOT NULL,
    fence      INTEGER NOT NULL
) WITHOUT ROWID;

-- Effects outside the house. The state is written before anything is sent; the receiver recognises the effect by its name.
CREATE TABLE outbox (
    effect   TEXT    NOT NULL PRIMARY KEY,
    kind     TEXT    NOT NULL,
    payload  TEXT    NOT NULL,
    state    TEXT    NOT NULL,
    attempts INTEGER NOT NULL,
    next_ms  INTEGER NOT NULL,
    error    TEXT
) WITHOUT ROWID;
CREATE INDEX outbox_next ON outbox (state, next_ms);

-- Which processes are alive: each writes its row every few seconds.
CREATE TABLE processes (
    process TEXT    NOT NULL PRIMARY KEY,
    beat_ms INTEGER NOT NULL
) WITHOUT ROWID;

-- Random keys of the house, made at first use.
CREATE TABLE secrets (
    name  TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;
