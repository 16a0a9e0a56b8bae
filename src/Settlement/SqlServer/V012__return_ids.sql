-- The same as Sqlite/V012__return_ids.sql. A file of its own: a batch cannot add a column and name it.
CREATE INDEX bank_entries_of_return ON bank_entries (return_id);
