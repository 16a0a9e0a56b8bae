-- Rows of the tests' own kind of grain.
CREATE TABLE tallies (
    tally_id TEXT    NOT NULL PRIMARY KEY,
    sum      INTEGER NOT NULL,
    adds     INTEGER NOT NULL,
    note     TEXT
) WITHOUT ROWID;

CREATE TABLE tally_adds (
    position INTEGER NOT NULL PRIMARY KEY,
    tally_id TEXT    NOT NULL,
    amount   INTEGER NOT NULL
);

CREATE TABLE tally_totals (
    one   INTEGER NOT NULL PRIMARY KEY,
    total INTEGER NOT NULL
);
