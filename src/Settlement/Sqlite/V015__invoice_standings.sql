-- Rows of the projection front/notices, made again by a rebuild: what each invoice for topping up asks for, and what has come in for it. Amounts in minor units of the currency.
CREATE TABLE invoice_standings (
    invoice         TEXT    NOT NULL PRIMARY KEY,
    document_id     TEXT    NOT NULL,
    organisation_id TEXT    NOT NULL,
    currency        TEXT    NOT NULL,
    total_minor     BIGINT  NOT NULL,
    paid_minor      BIGINT  NOT NULL,
    is_void         INTEGER NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX invoice_standings_by_document ON invoice_standings (document_id);
