-- The same as Sqlite/V008__check_codes.sql; its index is V009's, as a batch cannot add a column and name it.
ALTER TABLE documents ADD check_code NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NULL;

-- A void number and the one that was issued in its place name each other.
ALTER TABLE documents ADD in_place_of BIGINT NULL;
ALTER TABLE documents ADD replaced_by BIGINT NULL;

CREATE TABLE void_document_files (
    document_id NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    language    NVARCHAR(2) COLLATE Latin1_General_100_BIN2 NOT NULL,
    sha256      NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    made_at_ms  BIGINT NOT NULL,
    PRIMARY KEY (document_id, language)
);
