-- The same table as Sqlite/V016__bank_conflicts.sql.
CREATE TABLE bank_conflicts (
    entry_id   NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    told_minor BIGINT NOT NULL,
    day        NVARCHAR(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
    told_at_ms BIGINT NOT NULL
);
