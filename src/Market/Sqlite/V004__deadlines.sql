-- Deals by deadline: after an outage, those whose deadline was still ahead are moved.
CREATE INDEX deals_due ON deals (by_ms, deal_id) WHERE by_ms IS NOT NULL;
