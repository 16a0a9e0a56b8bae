-- The same tables as Sqlite/V005__payouts.sql, with the same promises.

CREATE TABLE payout_accounts (
    organisation_id NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    account         NVARCHAR(34) COLLATE Latin1_General_100_BIN2 NULL,
    next_account    NVARCHAR(34) COLLATE Latin1_General_100_BIN2 NULL,
    next_from_ms    BIGINT NULL
);

CREATE TABLE payouts (
    payout_id       NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    organisation_id NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    currency        NVARCHAR(3) COLLATE Latin1_General_100_BIN2 NOT NULL,
    amount_minor    BIGINT NOT NULL,
    from_account    NVARCHAR(34) COLLATE Latin1_General_100_BIN2 NOT NULL,
    to_account      NVARCHAR(34) COLLATE Latin1_General_100_BIN2 NOT NULL,
    ordered_at_ms   BIGINT NOT NULL,
    standing        NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
    file_number     BIGINT NULL,
    reason          NVARCHAR(MAX) NULL,
    changed_at_ms   BIGINT NOT NULL
);
CREATE INDEX payouts_of_organisation ON payouts (organisation_id, ordered_at_ms, payout_id);
CREATE INDEX payouts_of_standing ON payouts (standing, payout_id);

CREATE TABLE payments (
    payment_id    NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    account       NVARCHAR(34) COLLATE Latin1_General_100_BIN2 NOT NULL,
    kind          NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
    currency      NVARCHAR(3) COLLATE Latin1_General_100_BIN2 NOT NULL,
    amount_minor  BIGINT NOT NULL,
    name          NVARCHAR(400) NOT NULL,
    bin           NVARCHAR(12) COLLATE Latin1_General_100_BIN2 NULL,
    to_account    NVARCHAR(34) COLLATE Latin1_General_100_BIN2 NOT NULL,
    remittance    NVARCHAR(MAX) NOT NULL,
    queued_at_ms  BIGINT NOT NULL,
    place         BIGINT NOT NULL,
    file_number   BIGINT NULL
);
CREATE INDEX payments_of_file ON payments (account, file_number, place);

CREATE TABLE payment_files (
    account      NVARCHAR(34) COLLATE Latin1_General_100_BIN2 NOT NULL,
    file_number  BIGINT NOT NULL,
    currency     NVARCHAR(3) COLLATE Latin1_General_100_BIN2 NOT NULL,
    sum_minor    BIGINT NOT NULL,
    payments     BIGINT NOT NULL,
    made_at_ms   BIGINT NOT NULL,
    PRIMARY KEY (account, file_number)
);
CREATE INDEX payment_files_by_time ON payment_files (made_at_ms);
