-- Rows of the projection front/notices: who has complained last against the award of a deal, and is told what comes of it.
CREATE TABLE notice_complainants (
    deal_id         NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    organisation_id NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL
);
