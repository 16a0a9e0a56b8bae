-- The same tables as Sqlite/V004__documents.sql, with the same promises.

CREATE TABLE documents (
    series      NVARCHAR(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
    number      BIGINT NOT NULL,
    document_id NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    kind        NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    subject     NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    content     NVARCHAR(MAX) NOT NULL,
    void_reason NVARCHAR(500) NULL,
    at_ms       BIGINT NOT NULL,
    PRIMARY KEY (series, number)
);
CREATE INDEX documents_by_id ON documents (document_id);
CREATE INDEX documents_by_subject ON documents (subject, at_ms);

CREATE TABLE document_parties (
    organisation_id NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    document_id     NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    series          NVARCHAR(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
    number          BIGINT NOT NULL,
    at_ms           BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, document_id)
);
CREATE INDEX document_parties_by_time ON document_parties (organisation_id, at_ms, document_id);

CREATE TABLE document_files (
    document_id NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    language    NVARCHAR(2) COLLATE Latin1_General_100_BIN2 NOT NULL,
    sha256      NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    made_at_ms  BIGINT NOT NULL,
    PRIMARY KEY (document_id, language)
);
