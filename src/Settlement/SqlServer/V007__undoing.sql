-- The same as Sqlite/V007__undoing.sql. A file of its own: a batch cannot add a column and name it.
CREATE INDEX bank_entries_of_undoes ON bank_entries (account, undoes);
