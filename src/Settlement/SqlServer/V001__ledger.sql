-- The same tables as Sqlite/V001__ledger.sql, with the same promises.

CREATE TABLE ledger_accounts (
    currency        NVARCHAR(3) COLLATE Latin1_General_100_BIN2 NOT NULL,
    account         NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    debits_posted   BIGINT NOT NULL,
    credits_posted  BIGINT NOT NULL,
    debits_pending  BIGINT NOT NULL,
    credits_pending BIGINT NOT NULL,
    last_number     BIGINT NOT NULL,
    PRIMARY KEY (currency, account)
);

CREATE TABLE ledger_holds (
    currency        NVARCHAR(3) COLLATE Latin1_General_100_BIN2 NOT NULL,
    transfer        NVARCHAR(48) COLLATE Latin1_General_100_BIN2 NOT NULL,
    debit           NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    credit          NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    amount_minor    BIGINT NOT NULL,
    purpose         NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
    reference       NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    expires_at_ms   BIGINT NULL,
    held_at_ms      BIGINT NOT NULL,
    PRIMARY KEY (currency, transfer)
);
CREATE INDEX ledger_holds_of_debit ON ledger_holds (debit, transfer);
CREATE INDEX ledger_holds_of_credit ON ledger_holds (credit, transfer);

CREATE TABLE ledger_transfers (
    currency        NVARCHAR(3) COLLATE Latin1_General_100_BIN2 NOT NULL,
    transfer        NVARCHAR(48) COLLATE Latin1_General_100_BIN2 NOT NULL,
    debit           NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    credit          NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    amount_minor    BIGINT NOT NULL,
    posted_minor    BIGINT NULL,
    state           NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
    purpose         NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
    reference       NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    expires_at_ms   BIGINT NULL,
    at_ms           BIGINT NOT NULL,
    ended_at_ms     BIGINT NULL,
    PRIMARY KEY (currency, transfer)
);

CREATE TABLE ledger_postings (
    currency             NVARCHAR(3) COLLATE Latin1_General_100_BIN2 NOT NULL,
    number               BIGINT NOT NULL,
    position             BIGINT NOT NULL,
    transfer             NVARCHAR(48) COLLATE Latin1_General_100_BIN2 NOT NULL,
    debit                NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    credit               NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    amount_minor         BIGINT NOT NULL,
    debit_balance_minor  BIGINT NOT NULL,
    credit_balance_minor BIGINT NOT NULL,
    debit_previous       BIGINT NOT NULL,
    credit_previous      BIGINT NOT NULL,
    at_ms                BIGINT NOT NULL,
    PRIMARY KEY (currency, number)
);
