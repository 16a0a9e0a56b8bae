-- Who may sign in, and for which organisation. Not journalled: persons are ids in the journal, and what stands here can be erased.

-- One row per organisation. bin is unique: an organisation registers once. head_id is the organisation it belongs to, recorded by the operator:
-- organisations with one head are affiliated. command_id makes a repeated registration one registration.
CREATE TABLE organisations (
    organisation_id NVARCHAR(32)  COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    bin             NVARCHAR(12)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    name            NVARCHAR(200) NOT NULL,
    region          NVARCHAR(9)   COLLATE Latin1_General_100_BIN2 NOT NULL,
    role            NVARCHAR(16)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    head_id         NVARCHAR(32)  COLLATE Latin1_General_100_BIN2 NULL,
    is_demo         BIGINT        NOT NULL,
    command_id      NVARCHAR(32)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    created_at_ms   BIGINT        NOT NULL
);
CREATE UNIQUE INDEX organisations_by_bin ON organisations (bin);
CREATE UNIQUE INDEX organisations_by_command ON organisations (command_id);
CREATE INDEX organisations_by_head ON organisations (head_id);

-- One row per person. email_normal is what is compared. failures counts wrong passwords since the last right one; locked_until_ms is the end of the lock-out they led to.
CREATE TABLE users (
    user_id           NVARCHAR(32)  COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    organisation_id   NVARCHAR(32)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    email             NVARCHAR(254) NOT NULL,
    email_normal      NVARCHAR(254) COLLATE Latin1_General_100_BIN2 NOT NULL,
    password_hash     NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    security_stamp    NVARCHAR(64)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    concurrency_stamp NVARCHAR(64)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    failures          BIGINT        NOT NULL,
    locked_until_ms   BIGINT        NOT NULL,
    created_at_ms     BIGINT        NOT NULL
);
CREATE UNIQUE INDEX users_by_email ON users (email_normal);
CREATE INDEX users_by_organisation ON users (organisation_id);
