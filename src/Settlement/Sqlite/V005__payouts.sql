-- Inline rows of settlement/payout-account, settlement/payout and settlement/payment-queue: they commit with the events and can be made again from them.

-- Where an organisation is paid: account until next_from_ms, from then on next_account.
CREATE TABLE payout_accounts (
    organisation_id TEXT   NOT NULL PRIMARY KEY,
    account         TEXT,
    next_account    TEXT,
    next_from_ms    BIGINT
) WITHOUT ROWID;

-- One row for each payout. standing: ordered, filed, paid, returned, failed. Amounts in minor units, more than zero. file_number is of from_account.
CREATE TABLE payouts (
    payout_id       TEXT   NOT NULL PRIMARY KEY,
    organisation_id TEXT   NOT NULL,
    currency        TEXT   NOT NULL,
    amount_minor    BIGINT NOT NULL,
    from_account    TEXT   NOT NULL,
    to_account      TEXT   NOT NULL,
    ordered_at_ms   BIGINT NOT NULL,
    standing        TEXT   NOT NULL,
    file_number     BIGINT,
    reason          TEXT,
    changed_at_ms   BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX payouts_of_organisation ON payouts (organisation_id, ordered_at_ms, payout_id);
CREATE INDEX payouts_filed ON payouts (standing, payout_id) WHERE standing = 'filed';

-- The lines of the files to the bank; file_number is null while a line waits. place is the order in which the lines of an account came. kind: payout, return.
CREATE TABLE payments (
    payment_id    TEXT   NOT NULL PRIMARY KEY,
    account       TEXT   NOT NULL,
    kind          TEXT   NOT NULL,
    currency      TEXT   NOT NULL,
    amount_minor  BIGINT NOT NULL,
    name          TEXT   NOT NULL,
    bin           TEXT,
    to_account    TEXT   NOT NULL,
    remittance    TEXT   NOT NULL,
    queued_at_ms  BIGINT NOT NULL,
    place         BIGINT NOT NULL,
    file_number   BIGINT
) WITHOUT ROWID;
CREATE INDEX payments_of_file ON payments (account, file_number, place);
CREATE INDEX payments_waiting ON payments (account, currency) WHERE file_number IS NULL;

-- The files to the bank, numbered from 1 for each account.
CREATE TABLE payment_files (
    account      TEXT   NOT NULL,
    file_number  BIGINT NOT NULL,
    currency     TEXT   NOT NULL,
    sum_minor    BIGINT NOT NULL,
    payments     BIGINT NOT NULL,
    made_at_ms   BIGINT NOT NULL,
    PRIMARY KEY (account, file_number)
) WITHOUT ROWID;
CREATE INDEX payment_files_by_time ON payment_files (made_at_ms);
