-- Inline rows of market/lot: they commit with the lot's events and can be made again from them.

-- What the board and the head of a lot's page show and no bid changes but the close; what is long or seldom read stands in lot_details.
-- reserve_minor is the seller's secret: no public query reads it.
-- status: open, frozen, awarded, unsold, cancelled. format: ascending, sealed, fixed-price. Money in minor units per tonne, award_minor and guarantee_minor (0: none asked) for the whole lot; times in Unix milliseconds.
CREATE TABLE lots (
    lot_id            TEXT   NOT NULL PRIMARY KEY,
    seller_id         TEXT   NOT NULL,
    revision          BIGINT NOT NULL,
    listed_at_ms      BIGINT NOT NULL,
    grade             TEXT   NOT NULL,
    grade_key         TEXT   NOT NULL,
    material          TEXT   NOT NULL,
    waste_code        TEXT   NOT NULL,
    mass_g            BIGINT NOT NULL,
    form              TEXT   NOT NULL,
    region            TEXT   NOT NULL,
    place             TEXT   NOT NULL,
    photo             TEXT,
    format            TEXT   NOT NULL,
    currency          TEXT   NOT NULL,
    opening_minor     BIGINT NOT NULL,
    buy_now_minor     BIGINT,
    reserve_minor     BIGINT,
    guarantee_minor   BIGINT NOT NULL,
    closes_at_ms      BIGINT NOT NULL,
    status            TEXT   NOT NULL,
    frozen_since_ms   BIGINT,
    remaining_ms      BIGINT,
    ended_at_ms       BIGINT,
    unsold_reason     TEXT,
    awarded_by        TEXT,
    award_price_minor BIGINT,
    award_minor       BIGINT,
    winner_number     BIGINT,
    winner_id         TEXT
);

-- The board: lots that are open, closing soonest first, whichever filters are set. Each index holds open lots only and gives its filter's lots in the board's order, so a page costs
-- the same however many lots there are; a filter without an index of its own is checked on the rows of the narrowest that has one.
CREATE INDEX lots_board          ON lots (closes_at_ms, lot_id)                   WHERE status = 'open';
CREATE INDEX lots_board_region   ON lots (region, closes_at_ms, lot_id)           WHERE status = 'open';
CREATE INDEX lots_board_material ON lots (material, closes_at_ms, lot_id)         WHERE status = 'open';
CREATE INDEX lots_board_grade    ON lots (grade_key, closes_at_ms, lot_id)        WHERE status = 'open';
CREATE INDEX lots_board_format   ON lots (format, closes_at_ms, lot_id)           WHERE status = 'open';
CREATE INDEX lots_board_region_material ON lots (region, material, closes_at_ms, lot_id)  WHERE status = 'open';
CREATE INDEX lots_board_region_grade    ON lots (region, grade_key, closes_at_ms, lot_id) WHERE status = 'open';

-- The board in its other orders: newest first, largest first; and what was sold, of a grade or of late, with all that prices are worked out of.
CREATE INDEX lots_newest  ON lots (listed_at_ms, lot_id) WHERE status = 'open';
CREATE INDEX lots_largest ON lots (mass_g, lot_id)       WHERE status = 'open';
CREATE INDEX lots_sold    ON lots (grade_key, ended_at_ms, lot_id, currency, award_price_minor, mass_g)              WHERE status = 'awarded';
CREATE INDEX lots_lately  ON lots (ended_at_ms, currency, grade_key, grade, material, award_price_minor, award_minor, mass_g) WHERE status = 'awarded';

-- The seller's own lots, newest first (lot ids are time-ordered), what a buyer has won, and the few that stand still.
CREATE INDEX lots_of_seller ON lots (seller_id, lot_id);
CREATE INDEX lots_of_winner ON lots (winner_id, lot_id) WHERE winner_id IS NOT NULL;
CREATE INDEX lots_frozen    ON lots (lot_id)            WHERE status = 'frozen';

-- Where the lot stands: its version and the bidding. The one narrow row that every event writes, kept apart so that a bid touches few pages and no index. The bids
-- themselves are read from the lot's stream.
-- price_minor, leader_number and reserve_met stay null on sealed and fixed-price lots: nothing here tells what a sealed bid offers.
CREATE TABLE lot_standings (
    lot_id        TEXT   NOT NULL PRIMARY KEY,
    version       BIGINT NOT NULL,
    price_minor   BIGINT,
    bids          BIGINT NOT NULL,
    leader_number BIGINT,
    reserve_met   BIGINT
) WITHOUT ROWID;

-- The rest of a lot's page; written when the lot is listed or described anew. Shares in millionths, degrees in millionths, days as yyyy-MM-dd; ladder is JSON.
CREATE TABLE lot_details (
    lot_id                 TEXT   NOT NULL PRIMARY KEY,
    moisture_ppm           BIGINT NOT NULL,
    contamination_ppm      BIGINT NOT NULL,
    guarantee_ppm          BIGINT NOT NULL,
    latitude_e6            BIGINT NOT NULL,
    longitude_e6           BIGINT NOT NULL,
    pick_up_from           TEXT   NOT NULL,
    pick_up_to             TEXT   NOT NULL,
    description            TEXT   NOT NULL,
    photos                 TEXT,
    ladder                 TEXT,
    scheduled_close_ms     BIGINT NOT NULL,
    soft_close_minutes     BIGINT NOT NULL,
    soft_close_cap_minutes BIGINT NOT NULL
);

-- Followed, not inline: they stand a moment behind the lots. Words that open lots are found by, folded (SearchWords); who has bid on which lot, under which number.
CREATE TABLE lot_words (
    word   TEXT NOT NULL,
    lot_id TEXT NOT NULL,
    PRIMARY KEY (word, lot_id)
) WITHOUT ROWID;
CREATE INDEX lot_words_of_lot ON lot_words (lot_id);

CREATE TABLE lot_bidders (
    bidder_id     TEXT   NOT NULL,
    lot_id        TEXT   NOT NULL,
    bidder_number BIGINT NOT NULL,
    PRIMARY KEY (bidder_id, lot_id)
) WITHOUT ROWID;

-- Not out of the journal: photos by the SHA-256 of their content, which stands in files beside the journal, and what sellers have typed of a lot that is not published yet.
CREATE TABLE photos (
    hash            TEXT   NOT NULL PRIMARY KEY,
    content_type    TEXT   NOT NULL,
    width           BIGINT NOT NULL,
    height          BIGINT NOT NULL,
    small           TEXT,
    organisation_id TEXT   NOT NULL,
    taken_ms        BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX photos_of_organisation ON photos (organisation_id, taken_ms);

CREATE TABLE lot_drafts (
    organisation_id TEXT   NOT NULL,
    draft_id        TEXT   NOT NULL,
    fields          TEXT   NOT NULL,
    saved_ms        BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, draft_id)
) WITHOUT ROWID;
