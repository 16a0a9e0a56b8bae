-- The same tables as Sqlite/V003__signing.sql, with the same promises.

CREATE TABLE signing_keys (
    kid           NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    x             NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    y             NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    sealed        NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    made_at_ms    BIGINT NOT NULL,
    retired_at_ms BIGINT NULL
);

CREATE TABLE daily_balances (
    currency   NVARCHAR(3) COLLATE Latin1_General_100_BIN2 NOT NULL,
    day        NVARCHAR(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
    position   BIGINT NOT NULL,
    chain_hash NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    token      NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    at_ms      BIGINT NOT NULL,
    PRIMARY KEY (currency, day)
);
