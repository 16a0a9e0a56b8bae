-- The same as Sqlite/V017__payout_charges.sql.
ALTER TABLE payouts ADD charge_minor BIGINT NULL;
