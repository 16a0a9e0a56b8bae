-- Who may sign in, and for which organisation. Not journalled: persons are ids in the journal, and what stands here can be erased.

-- One row per organisation. bin is unique: an organisation registers once. head_id is the organisation it belongs to, recorded by the operator:
-- organisations with one head are affiliated. command_id makes a repeated registration one registration.
CREATE TABLE organisations (
    organisation_id TEXT    NOT NULL PRIMARY KEY,
    bin             TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    region          TEXT    NOT NULL,
    role            TEXT    NOT NULL,
    head_id         TEXT,
    is_demo         INTEGER NOT NULL,
    command_id      TEXT    NOT NULL,
    created_at_ms   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX organisations_by_bin ON organisations (bin);
CREATE UNIQUE INDEX organisations_by_command ON organisations (command_id);
CREATE INDEX organisations_by_head ON organisations (head_id);

-- One row per person. email_normal is what is compared. failures counts wrong passwords since the last right one; locked_until_ms is the end of the lock-out they led to.
CREATE TABLE users (
    user_id           TEXT    NOT NULL PRIMARY KEY,
    organisation_id   TEXT    NOT NULL,
    email             TEXT    NOT NULL,
    email_normal      TEXT    NOT NULL,
    password_hash     TEXT    NOT NULL,
    security_stamp    TEXT    NOT NULL,
    concurrency_stamp TEXT    NOT NULL,
    failures          INTEGER NOT NULL,
    locked_until_ms   INTEGER NOT NULL,
    created_at_ms     INTEGER NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX users_by_email ON users (email_normal);
CREATE INDEX users_by_organisation ON users (organisation_id);
