-- What the banks kept of a payout when they gave it back, in minor units; null where nothing was kept, or nothing came back.
ALTER TABLE payouts ADD COLUMN charge_minor BIGINT;
