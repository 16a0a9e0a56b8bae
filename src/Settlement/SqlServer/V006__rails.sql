-- The same as Sqlite/V006__rails.sql.

ALTER TABLE bank_entries ADD undoes NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NULL;

CREATE INDEX bank_statements_of_account ON bank_statements (account, currency, day, place);
