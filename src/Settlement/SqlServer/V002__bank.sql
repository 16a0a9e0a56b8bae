-- The same tables as Sqlite/V002__bank.sql, with the same promises; one index serves the operator's queues.

CREATE TABLE bank_entries (
    entry_id        NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    account         NVARCHAR(34) COLLATE Latin1_General_100_BIN2 NOT NULL,
    reference       NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    currency        NVARCHAR(3) COLLATE Latin1_General_100_BIN2 NOT NULL,
    amount_minor    BIGINT NOT NULL,
    is_credit       BIGINT NOT NULL,
    booked          NVARCHAR(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
    payer_name      NVARCHAR(400) NULL,
    payer_account   NVARCHAR(34) COLLATE Latin1_General_100_BIN2 NULL,
    end_to_end_id   NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NULL,
    remittance      NVARCHAR(MAX) NOT NULL,
    told_at_ms      BIGINT NOT NULL,
    standing        NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
    organisation_id NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NULL,
    reason          NVARCHAR(500) NULL,
    version         BIGINT NOT NULL
);

CREATE INDEX bank_entries_of_standing ON bank_entries (standing, entry_id);

CREATE TABLE bank_statements (
    statement_id    NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    account         NVARCHAR(34) COLLATE Latin1_General_100_BIN2 NOT NULL,
    name            NVARCHAR(200) NOT NULL,
    currency        NVARCHAR(3) COLLATE Latin1_General_100_BIN2 NOT NULL,
    day             NVARCHAR(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
    opening_minor BIGINT NOT NULL,
    closing_minor BIGINT NOT NULL,
    entries       BIGINT NOT NULL,
    taken_at_ms   BIGINT NOT NULL,
    place         BIGINT NOT NULL
);
CREATE INDEX bank_statements_by_day ON bank_statements (currency, day, place);
CREATE INDEX bank_statements_by_place ON bank_statements (place);
