-- The same as Sqlite/V013__postings_say_what_for.sql.
ALTER TABLE ledger_postings ADD purpose NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NOT NULL DEFAULT '';
ALTER TABLE ledger_postings ADD reference NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL DEFAULT '';
