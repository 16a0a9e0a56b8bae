-- What was posted before: what for, out of the transfers, whose rows go where they were posted at once. Of a hold that was posted for something else than it was made for, or within its first
-- millisecond, 'rebuild settlement/ledger' makes the rows anew.
UPDATE ledger_postings SET
    purpose = (SELECT t.purpose FROM ledger_transfers t WHERE t.currency = ledger_postings.currency AND t.transfer = ledger_postings.transfer),
    reference = (SELECT t.reference FROM ledger_transfers t WHERE t.currency = ledger_postings.currency AND t.transfer = ledger_postings.transfer);
DELETE FROM ledger_transfers WHERE state = 'posted' AND posted_minor = amount_minor AND expires_at_ms IS NULL AND ended_at_ms = at_ms;
