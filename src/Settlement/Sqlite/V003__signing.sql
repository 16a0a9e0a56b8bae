-- The keys that the house signs with, and what it signs every day.

-- Not made from the journal: the private half is sealed and must not stand in it. One key has no retired_at_ms: the active one. A retired key is never taken away, as what it has signed must be checked for ever.
CREATE TABLE signing_keys (
    kid           TEXT   NOT NULL PRIMARY KEY,
    x             TEXT   NOT NULL,
    y             TEXT   NOT NULL,
    sealed        TEXT   NOT NULL,
    made_at_ms    BIGINT NOT NULL,
    retired_at_ms BIGINT
) WITHOUT ROWID;

-- Inline rows of settlement/daily-balance: the signed trial balance of each day of Kazakhstan, by ISO 8601 date. The token holds the figures.
CREATE TABLE daily_balances (
    currency   TEXT   NOT NULL,
    day        TEXT   NOT NULL,
    position   BIGINT NOT NULL,
    chain_hash TEXT   NOT NULL,
    token      TEXT   NOT NULL,
    at_ms      BIGINT NOT NULL,
    PRIMARY KEY (currency, day)
) WITHOUT ROWID;
