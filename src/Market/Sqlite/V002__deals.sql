-- Inline row of market/deal: it commits with the deal's events and can be made again from them. What happened on the way is read from the deal's stream.

-- stage: offered, standstill, contract, unpaid, handover, received, disputed, underpaid, settled, cancelled, defaulted. Each turn is 1 while the next step is that one's; by_ms is the
-- deadline, null where nothing runs out. settled_minor is what the buyer has paid in the end. Money in minor units, times in Unix milliseconds.
CREATE TABLE deals (
    deal_id         TEXT   NOT NULL PRIMARY KEY,
    lot_id          TEXT   NOT NULL,
    seller_id       TEXT   NOT NULL,
    buyer_id        TEXT   NOT NULL,
    buyer_number    BIGINT NOT NULL,
    grade           TEXT   NOT NULL,
    grade_key       TEXT   NOT NULL,
    region          TEXT   NOT NULL,
    mass_g          BIGINT NOT NULL,
    currency        TEXT   NOT NULL,
    price_minor     BIGINT NOT NULL,
    amount_minor    BIGINT NOT NULL,
    guarantee_minor BIGINT NOT NULL,
    guarantee_hold  TEXT,
    opened_at_ms    BIGINT NOT NULL,
    stage           TEXT   NOT NULL,
    seller_turn     BIGINT NOT NULL,
    buyer_turn      BIGINT NOT NULL,
    operator_turn   BIGINT NOT NULL,
    by_ms           BIGINT,
    version         BIGINT NOT NULL,
    changed_at_ms   BIGINT NOT NULL,
    settled_minor   BIGINT,
    net_g           BIGINT
);
CREATE INDEX deals_of_lot    ON deals (lot_id, deal_id);
CREATE INDEX deals_of_seller ON deals (seller_id, deal_id);
CREATE INDEX deals_of_buyer  ON deals (buyer_id, deal_id);

-- Whose turn it is, for each desk: few at a time.
CREATE INDEX deals_seller_turn   ON deals (seller_id, deal_id) WHERE seller_turn = 1;
CREATE INDEX deals_buyer_turn    ON deals (buyer_id, deal_id)  WHERE buyer_turn = 1;
CREATE INDEX deals_operator_turn ON deals (deal_id)            WHERE operator_turn = 1;

-- What prices are worked out of, of a grade or of late.
CREATE INDEX deals_settled        ON deals (grade_key, changed_at_ms) WHERE stage = 'settled';
CREATE INDEX deals_settled_lately ON deals (changed_at_ms)            WHERE stage = 'settled';

-- What the operator sees of deals that failed.
CREATE INDEX deals_defaulted ON deals (changed_at_ms, deal_id) WHERE stage = 'defaulted';
