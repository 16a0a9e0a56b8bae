-- The same tables as Sqlite/V001__journal.sql, with the same promises. Here one writer at a time takes the head by updating its row before anything else,
-- so positions have no gaps and nobody sees an event late. Keys are compared by their code points (BIN2).

-- The end of the journal: last position, its time (never goes back), the chain's hash there.
CREATE TABLE head (
    one      BIGINT     NOT NULL PRIMARY KEY CHECK (one = 1),
    position BIGINT     NOT NULL,
    at_ms    BIGINT     NOT NULL,
    hash     BINARY(32) NOT NULL
);
INSERT INTO head (one, position, at_ms, hash) VALUES (1, 0, 0, CAST(0x00 AS BINARY(32)));

-- A stream's name ('market/lot/<id>') and the short number that events carry instead; its version, and the position of its last event.
-- Numbers are given under the head row; the row moves from the version it was read at, so no version is given twice.
CREATE TABLE streams (
    stream  BIGINT NOT NULL PRIMARY KEY,
    name    NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    last    BIGINT NOT NULL
);

-- Never updated, never deleted. previous is the position of the stream's event before, 0 for its first. data is the JSON whose UTF-8 bytes the chain covers.
CREATE TABLE events (
    position   BIGINT        NOT NULL PRIMARY KEY,
    stream     BIGINT        NOT NULL,
    version    BIGINT        NOT NULL,
    previous   BIGINT        NOT NULL,
    name       NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    data       NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    command_id BINARY(16)    NOT NULL,
    caller     NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    at_ms      BIGINT        NOT NULL
);
CREATE UNIQUE INDEX events_by_stream ON events (stream, version);

-- The chain's hash at the end of each batch.
CREATE TABLE chain (
    position BIGINT     NOT NULL PRIMARY KEY,
    hash     BINARY(32) NOT NULL
);

-- One row per answered command. The digest covers caller and command; ids are time-ordered and big-endian, so the table grows at one end.
-- answer is null for accepted commands: their events are the answer.
CREATE TABLE receipts (
    command_id BINARY(16) NOT NULL PRIMARY KEY,
    digest     BINARY(32) NOT NULL,
    stream     BIGINT     NOT NULL,
    version    BIGINT     NOT NULL,
    events     BIGINT     NOT NULL,
    answer     NVARCHAR(MAX) NULL,
    at_ms      BIGINT     NOT NULL
);

-- A committed state, to load fast. Losing one costs time, never truth.
CREATE TABLE snapshots (
    stream  BIGINT         NOT NULL PRIMARY KEY,
    version BIGINT         NOT NULL,
    format  BIGINT         NOT NULL,
    state   VARBINARY(MAX) NOT NULL
);

-- Inline rows of whichever stream wants to be woken.
CREATE TABLE reminders (
    stream NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    name   NVARCHAR(64)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    due_ms BIGINT        NOT NULL,
    PRIMARY KEY (stream, name)
);
CREATE INDEX reminders_due ON reminders (due_ms, stream, name);

-- How far each follower is, and which process has the lease. fence grows with each new owner.
CREATE TABLE followers (
    name         NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    [checkpoint] BIGINT        NOT NULL,
    owner        NVARCHAR(32)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    until_ms     BIGINT        NOT NULL,
    fence        BIGINT        NOT NULL
);

-- Effects outside the house. The state is written before anything is sent; the receiver recognises the effect by its name.
CREATE TABLE outbox (
    effect   NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    kind     NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    payload  NVARCHAR(MAX) NOT NULL,
    state    NVARCHAR(20)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    attempts BIGINT        NOT NULL,
    next_ms  BIGINT        NOT NULL,
    error    NVARCHAR(MAX) NULL
);
CREATE INDEX outbox_next ON outbox (state, next_ms);

-- Which processes are alive: each writes its row every few seconds.
CREATE TABLE processes (
    process NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    beat_ms BIGINT       NOT NULL
);

-- Random keys of the house, made at first use.
CREATE TABLE secrets (
    name  NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    value VARBINARY(MAX) NOT NULL
);
