-- Not out of the journal, as bank_statements is not: entries whose balance the bank now tells otherwise than it was taken in, for the reconciliation. told_minor is what it tells now, in minor units,
-- what went out below zero; day is that of the statement that tells it, yyyy-MM-dd. The row goes when the entry is told again as it was taken in.
CREATE TABLE bank_conflicts (
    entry_id   TEXT   NOT NULL PRIMARY KEY,
    told_minor BIGINT NOT NULL,
    day        TEXT   NOT NULL,
    told_at_ms BIGINT NOT NULL
) WITHOUT ROWID;
