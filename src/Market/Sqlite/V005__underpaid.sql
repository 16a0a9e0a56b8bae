-- Deals that wait for what the goods cost beyond what was paid: looked for whenever money comes into wallets.
CREATE INDEX deals_underpaid ON deals (deal_id) WHERE stage = 'underpaid' AND buyer_turn = 1;
