-- What the public page of a document is opened by; none of what was issued before there were codes.
ALTER TABLE documents ADD COLUMN check_code TEXT;

-- A void number and the one that was issued in its place name each other.
ALTER TABLE documents ADD COLUMN in_place_of BIGINT;
ALTER TABLE documents ADD COLUMN replaced_by BIGINT;

-- Not out of the journal: as document_files, of documents that are void and say so.
CREATE TABLE void_document_files (
    document_id TEXT   NOT NULL,
    language    TEXT   NOT NULL,
    sha256      TEXT   NOT NULL,
    made_at_ms  BIGINT NOT NULL,
    PRIMARY KEY (document_id, language)
) WITHOUT ROWID;
