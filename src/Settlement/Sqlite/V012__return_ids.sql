-- What went back is looked for by its payment.
CREATE INDEX bank_entries_of_return ON bank_entries (return_id) WHERE return_id IS NOT NULL;
