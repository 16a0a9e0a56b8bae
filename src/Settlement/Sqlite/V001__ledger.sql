-- Inline rows of settlement/ledger: they commit with the ledger's events and can be made again from them. Amounts in minor units of the currency, times in Unix milliseconds.

-- One row for each account that was ever touched; the ledger comes into memory from here. Posted and pending are kept apart, and so are debits and credits. last_number is the account's
-- last posting.
CREATE TABLE ledger_accounts (
    currency        TEXT   NOT NULL,
    account         TEXT   NOT NULL,
    debits_posted   BIGINT NOT NULL,
    credits_posted  BIGINT NOT NULL,
    debits_pending  BIGINT NOT NULL,
    credits_pending BIGINT NOT NULL,
    last_number     BIGINT NOT NULL,
    PRIMARY KEY (currency, account)
) WITHOUT ROWID;

-- What is held now, and nothing that is over.
CREATE TABLE ledger_holds (
    currency      TEXT   NOT NULL,
    transfer      TEXT   NOT NULL,
    debit         TEXT   NOT NULL,
    credit        TEXT   NOT NULL,
    amount_minor  BIGINT NOT NULL,
    purpose       TEXT   NOT NULL,
    reference     TEXT   NOT NULL,
    expires_at_ms BIGINT,
    held_at_ms    BIGINT NOT NULL,
    PRIMARY KEY (currency, transfer)
) WITHOUT ROWID;
CREATE INDEX ledger_holds_of_debit ON ledger_holds (debit, transfer);
CREATE INDEX ledger_holds_of_credit ON ledger_holds (credit, transfer);

-- Every transfer there was. state: posted, held, voided, expired; posted_minor is what of the amount has moved, null while it is held.
CREATE TABLE ledger_transfers (
    currency      TEXT   NOT NULL,
    transfer      TEXT   NOT NULL,
    debit         TEXT   NOT NULL,
    credit        TEXT   NOT NULL,
    amount_minor  BIGINT NOT NULL,
    posted_minor  BIGINT,
    state         TEXT   NOT NULL,
    purpose       TEXT   NOT NULL,
    reference     TEXT   NOT NULL,
    expires_at_ms BIGINT,
    at_ms         BIGINT NOT NULL,
    ended_at_ms   BIGINT,
    PRIMARY KEY (currency, transfer)
) WITHOUT ROWID;

-- All that was posted, in the order of the ledger's events, with both accounts' balances after it (credits less debits, so that a ledger's balances add up to zero at every number). An
-- account's statement is walked from its last posting back over debit_previous and credit_previous: rows are only ever added at the end, and there is no index to keep.
CREATE TABLE ledger_postings (
    currency             TEXT   NOT NULL,
    number               BIGINT NOT NULL,
    position             BIGINT NOT NULL,
    transfer             TEXT   NOT NULL,
    debit                TEXT   NOT NULL,
    credit               TEXT   NOT NULL,
    amount_minor         BIGINT NOT NULL,
    debit_balance_minor  BIGINT NOT NULL,
    credit_balance_minor BIGINT NOT NULL,
    debit_previous       BIGINT NOT NULL,
    credit_previous      BIGINT NOT NULL,
    at_ms                BIGINT NOT NULL,
    PRIMARY KEY (currency, number)
) WITHOUT ROWID;
