-- The same as Sqlite/V014__postings_of_before.sql. A file of its own: a batch cannot add a column and name it.
UPDATE ledger_postings SET
    purpose = (SELECT t.purpose FROM ledger_transfers t WHERE t.currency = ledger_postings.currency AND t.transfer = ledger_postings.transfer),
    reference = (SELECT t.reference FROM ledger_transfers t WHERE t.currency = ledger_postings.currency AND t.transfer = ledger_postings.transfer);
DELETE FROM ledger_transfers WHERE state = 'posted' AND posted_minor = amount_minor AND expires_at_ms IS NULL AND ended_at_ms = at_ms;
