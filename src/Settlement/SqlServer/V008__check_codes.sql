-- The same as Sqlite/V008__check_codes.sql; its index is V009's, as a batch cannot add a column and name it.
ALTER TABLE documents ADD check_code NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NULL;
