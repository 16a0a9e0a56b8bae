-- A posting says itself what it was for, so that what is posted at once needs no second row: ledger_transfers has from now on what is held, or was. One row less for each such transfer.
ALTER TABLE ledger_postings ADD COLUMN purpose TEXT NOT NULL DEFAULT '';
ALTER TABLE ledger_postings ADD COLUMN reference TEXT NOT NULL DEFAULT '';
