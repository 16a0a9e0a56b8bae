-- Inline rows of settlement/document-series: they commit with the series' events and can be made again from them.

-- Every document of a series, numbered from 1 without a gap. A void number stays, with the reason. content is JSON, as it was issued; subject is a deal or whatever it is about.
CREATE TABLE documents (
    series      TEXT   NOT NULL,
    number      BIGINT NOT NULL,
    document_id TEXT   NOT NULL,
    kind        TEXT   NOT NULL,
    subject     TEXT   NOT NULL,
    content     TEXT   NOT NULL,
    void_reason TEXT,
    at_ms       BIGINT NOT NULL,
    PRIMARY KEY (series, number)
) WITHOUT ROWID;
CREATE INDEX documents_by_id ON documents (document_id);
CREATE INDEX documents_by_subject ON documents (subject, at_ms);

-- The organisations that a document names, and so who may read it.
CREATE TABLE document_parties (
    organisation_id TEXT   NOT NULL,
    document_id     TEXT   NOT NULL,
    series          TEXT   NOT NULL,
    number          BIGINT NOT NULL,
    at_ms           BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, document_id)
) WITHOUT ROWID;
CREATE INDEX document_parties_by_time ON document_parties (organisation_id, at_ms, document_id);

-- Not out of the journal: the files that documents were made into, by the SHA-256 of their content; one for each language, and never another.
CREATE TABLE document_files (
    document_id TEXT   NOT NULL,
    language    TEXT   NOT NULL,
    sha256      TEXT   NOT NULL,
    made_at_ms  BIGINT NOT NULL,
    PRIMARY KEY (document_id, language)
) WITHOUT ROWID;
