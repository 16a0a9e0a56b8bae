-- What undoes a movement is looked for by its reference.
CREATE INDEX bank_entries_of_undoes ON bank_entries (account, undoes) WHERE undoes IS NOT NULL;
