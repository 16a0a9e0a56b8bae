-- The same table as Sqlite/V015__invoice_standings.sql.
CREATE TABLE invoice_standings (
    invoice         NVARCHAR(24) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    document_id     NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    organisation_id NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    currency        NVARCHAR(3) COLLATE Latin1_General_100_BIN2 NOT NULL,
    total_minor     BIGINT NOT NULL,
    paid_minor      BIGINT NOT NULL,
    is_void         INT NOT NULL
);
CREATE UNIQUE INDEX invoice_standings_by_document ON invoice_standings (document_id);
