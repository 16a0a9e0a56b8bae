-- The same tables as Sqlite/V001__lots.sql, with the same promises. Here the board's indexes begin with the status instead of holding open lots only:
-- filtered indexes are not on every server that speaks TDS.

CREATE TABLE lots (
    lot_id            NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    seller_id         NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    revision          BIGINT NOT NULL,
    listed_at_ms      BIGINT NOT NULL,
    grade             NVARCHAR(40) NOT NULL,
    grade_key         NVARCHAR(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    material          NVARCHAR(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    waste_code        NVARCHAR(9)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    mass_g            BIGINT NOT NULL,
    form              NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
    region            NVARCHAR(9)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    place             NVARCHAR(200) NOT NULL,
    photo             NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NULL,
    format            NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
    currency          NVARCHAR(3)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    opening_minor     BIGINT NOT NULL,
    buy_now_minor     BIGINT NULL,
    reserve_minor     BIGINT NULL,
    guarantee_minor   BIGINT NOT NULL,
    closes_at_ms      BIGINT NOT NULL,
    status            NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
    frozen_since_ms   BIGINT NULL,
    remaining_ms      BIGINT NULL,
    ended_at_ms       BIGINT NULL,
    unsold_reason     NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NULL,
    awarded_by        NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NULL,
    award_price_minor BIGINT NULL,
    award_minor       BIGINT NULL,
    winner_number     BIGINT NULL,
    winner_id         NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NULL
);

CREATE INDEX lots_board          ON lots (status, closes_at_ms, lot_id);
CREATE INDEX lots_board_region   ON lots (status, region, closes_at_ms, lot_id);
CREATE INDEX lots_board_material ON lots (status, material, closes_at_ms, lot_id);
CREATE INDEX lots_board_grade    ON lots (status, grade_key, closes_at_ms, lot_id);
CREATE INDEX lots_board_format   ON lots (status, format, closes_at_ms, lot_id);
CREATE INDEX lots_board_region_material ON lots (status, region, material, closes_at_ms, lot_id);
CREATE INDEX lots_board_region_grade    ON lots (status, region, grade_key, closes_at_ms, lot_id);
CREATE INDEX lots_newest  ON lots (status, listed_at_ms, lot_id);
CREATE INDEX lots_largest ON lots (status, mass_g, lot_id);
CREATE INDEX lots_sold    ON lots (status, grade_key, ended_at_ms, lot_id) INCLUDE (currency, award_price_minor, mass_g);
CREATE INDEX lots_lately  ON lots (status, ended_at_ms) INCLUDE (currency, grade_key, grade, material, award_price_minor, award_minor, mass_g);
CREATE INDEX lots_of_seller ON lots (seller_id, lot_id);
CREATE INDEX lots_of_winner ON lots (winner_id, lot_id);
CREATE INDEX lots_frozen    ON lots (status, lot_id);

CREATE TABLE lot_standings (
    lot_id        NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    version       BIGINT NOT NULL,
    price_minor   BIGINT NULL,
    bids          BIGINT NOT NULL,
    leader_number BIGINT NULL,
    reserve_met   BIGINT NULL
);

CREATE TABLE lot_details (
    lot_id                 NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    moisture_ppm           BIGINT NOT NULL,
    contamination_ppm      BIGINT NOT NULL,
    guarantee_ppm          BIGINT NOT NULL,
    latitude_e6            BIGINT NOT NULL,
    longitude_e6           BIGINT NOT NULL,
    pick_up_from           NVARCHAR(10) NOT NULL,
    pick_up_to             NVARCHAR(10) NOT NULL,
    description            NVARCHAR(4000) NOT NULL,
    photos                 NVARCHAR(600) COLLATE Latin1_General_100_BIN2 NULL,
    ladder                 NVARCHAR(MAX) NULL,
    scheduled_close_ms     BIGINT NOT NULL,
    soft_close_minutes     BIGINT NOT NULL,
    soft_close_cap_minutes BIGINT NOT NULL
);

CREATE TABLE lot_words (
    word   NVARCHAR(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    lot_id NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY (word, lot_id)
);
CREATE INDEX lot_words_of_lot ON lot_words (lot_id);

CREATE TABLE lot_bidders (
    bidder_id     NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    lot_id        NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    bidder_number BIGINT       NOT NULL,
    PRIMARY KEY (bidder_id, lot_id)
);

CREATE TABLE photos (
    hash            NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    content_type    NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
    width           BIGINT       NOT NULL,
    height          BIGINT       NOT NULL,
    small           NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NULL,
    organisation_id NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    taken_ms        BIGINT       NOT NULL
);
CREATE INDEX photos_of_organisation ON photos (organisation_id, taken_ms);

CREATE TABLE lot_drafts (
    organisation_id NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    draft_id        NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    fields          NVARCHAR(MAX) NOT NULL,
    saved_ms        BIGINT       NOT NULL,
    PRIMARY KEY (organisation_id, draft_id)
);
