-- The same as Sqlite/V009__check_code_index.sql.
CREATE INDEX documents_by_check_code ON documents (check_code);
