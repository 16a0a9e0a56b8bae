-- The same as Sqlite/V005__underpaid.sql.
CREATE INDEX deals_underpaid ON deals (deal_id) WHERE stage = 'underpaid' AND buyer_turn = 1;
