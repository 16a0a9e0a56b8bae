-- The same table as Sqlite/V002__deals.sql, with the same promises; the indexes of the turns begin with them, as filtered indexes are not on every server that speaks TDS.

CREATE TABLE deals (
    deal_id         NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    lot_id          NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    seller_id       NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    buyer_id        NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    buyer_number    BIGINT NOT NULL,
    grade           NVARCHAR(40) NOT NULL,
    grade_key       NVARCHAR(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    region          NVARCHAR(9) COLLATE Latin1_General_100_BIN2 NOT NULL,
    mass_g          BIGINT NOT NULL,
    currency        NVARCHAR(3) COLLATE Latin1_General_100_BIN2 NOT NULL,
    price_minor     BIGINT NOT NULL,
    amount_minor    BIGINT NOT NULL,
    guarantee_minor BIGINT NOT NULL,
    guarantee_hold  NVARCHAR(48) COLLATE Latin1_General_100_BIN2 NULL,
    opened_at_ms    BIGINT NOT NULL,
    stage           NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
    seller_turn     BIGINT NOT NULL,
    buyer_turn      BIGINT NOT NULL,
    operator_turn   BIGINT NOT NULL,
    by_ms           BIGINT NULL,
    version         BIGINT NOT NULL,
    changed_at_ms   BIGINT NOT NULL,
    settled_minor   BIGINT NULL,
    net_g           BIGINT NULL
);
CREATE INDEX deals_of_lot    ON deals (lot_id, deal_id);
CREATE INDEX deals_of_seller ON deals (seller_id, deal_id);
CREATE INDEX deals_of_buyer  ON deals (buyer_id, deal_id);

CREATE INDEX deals_seller_turn   ON deals (seller_id, seller_turn, deal_id);
CREATE INDEX deals_buyer_turn    ON deals (buyer_id, buyer_turn, deal_id);
CREATE INDEX deals_operator_turn ON deals (operator_turn, deal_id);

-- What prices are worked out of, of a grade or of late.
CREATE INDEX deals_settled        ON deals (stage, grade_key, changed_at_ms);
CREATE INDEX deals_settled_lately ON deals (stage, changed_at_ms, deal_id);
