-- Inline row of settlement/bank-entry: it commits with the entry's events and can be made again from them.

-- One row for each movement that the bank has told of, by the hash of account and the bank's reference. standing: matched, unmatched, assigned, returning, returned, return-sent, unexplained,
-- bank-charge. Amounts in minor units, more than zero; is_credit is 1 for what came in; booked is yyyy-MM-dd.
CREATE TABLE bank_entries (
    entry_id        TEXT   NOT NULL PRIMARY KEY,
    account         TEXT   NOT NULL,
    reference       TEXT   NOT NULL,
    currency        TEXT   NOT NULL,
    amount_minor    BIGINT NOT NULL,
    is_credit       BIGINT NOT NULL,
    booked          TEXT   NOT NULL,
    payer_name      TEXT,
    payer_account   TEXT,
    end_to_end_id   TEXT,
    remittance      TEXT   NOT NULL,
    told_at_ms      BIGINT NOT NULL,
    standing        TEXT   NOT NULL,
    organisation_id TEXT,
    reason          TEXT,
    version         BIGINT NOT NULL
) WITHOUT ROWID;

-- The operator's queues: what waits for him is little.
CREATE INDEX bank_entries_unmatched   ON bank_entries (standing, entry_id) WHERE standing = 'unmatched';
CREATE INDEX bank_entries_unexplained ON bank_entries (standing, entry_id) WHERE standing = 'unexplained';
CREATE INDEX bank_entries_returning   ON bank_entries (standing, entry_id) WHERE standing = 'returning';

-- Not out of the journal: the statements that were taken in, for the balances; their entries are. Written after the entries of the statement; place is the order of
-- taking them in.
CREATE TABLE bank_statements (
    statement_id  TEXT   NOT NULL PRIMARY KEY,
    account       TEXT   NOT NULL,
    name          TEXT   NOT NULL,
    currency      TEXT   NOT NULL,
    day           TEXT   NOT NULL,
    opening_minor BIGINT NOT NULL,
    closing_minor BIGINT NOT NULL,
    entries       BIGINT NOT NULL,
    taken_at_ms   BIGINT NOT NULL,
    place         BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX bank_statements_by_day ON bank_statements (currency, day, place);
CREATE INDEX bank_statements_by_place ON bank_statements (place);
