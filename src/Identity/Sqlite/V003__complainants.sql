-- Rows of the projection front/notices: who has complained last against the award of a deal, and is told what comes of it.
CREATE TABLE notice_complainants (
    deal_id         TEXT NOT NULL PRIMARY KEY,
    organisation_id TEXT NOT NULL
) WITHOUT ROWID;
