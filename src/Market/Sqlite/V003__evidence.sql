-- Not out of the journal: documents that were sent as evidence, by the hash of their bytes; the files stand in the data folder. The same bytes of two organisations are two rows.
CREATE TABLE evidence_files (
    hash            TEXT   NOT NULL,
    organisation_id TEXT   NOT NULL,
    taken_ms        BIGINT NOT NULL,
    PRIMARY KEY (hash, organisation_id)
) WITHOUT ROWID;
CREATE INDEX evidence_files_of_organisation ON evidence_files (organisation_id, taken_ms);
