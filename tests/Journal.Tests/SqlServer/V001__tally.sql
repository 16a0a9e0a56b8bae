-- The same tables as Sqlite/V001__tally.sql.
CREATE TABLE tallies (
    tally_id NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    sum      BIGINT NOT NULL,
    adds     BIGINT NOT NULL,
    note     NVARCHAR(200) NULL
);

CREATE TABLE tally_adds (
    position BIGINT NOT NULL PRIMARY KEY,
    tally_id NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    amount   BIGINT NOT NULL
);

CREATE TABLE tally_totals (
    one   BIGINT NOT NULL PRIMARY KEY,
    total BIGINT NOT NULL
);
