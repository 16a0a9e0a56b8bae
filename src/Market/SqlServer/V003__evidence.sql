-- The same as Sqlite/V003__evidence.sql.
CREATE TABLE evidence_files (
    hash            NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    organisation_id NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    taken_ms        BIGINT NOT NULL,
    PRIMARY KEY (hash, organisation_id)
);
CREATE INDEX evidence_files_of_organisation ON evidence_files (organisation_id, taken_ms);
