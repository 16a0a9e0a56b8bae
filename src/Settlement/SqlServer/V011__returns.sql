-- The same as Sqlite/V011__returns.sql.
ALTER TABLE bank_entries ADD return_id NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NULL;
