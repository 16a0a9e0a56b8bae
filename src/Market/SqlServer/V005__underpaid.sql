-- The same as Sqlite/V005__underpaid.sql, beginning with what is looked for, as filtered indexes are not on every server that speaks TDS.
CREATE INDEX deals_underpaid ON deals (stage, buyer_turn, deal_id);
