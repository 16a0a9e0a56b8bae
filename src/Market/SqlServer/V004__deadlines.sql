-- The same as Sqlite/V004__deadlines.sql.
CREATE INDEX deals_due ON deals (by_ms, deal_id) WHERE by_ms IS NOT NULL;
