-- Rows of the projection front/notices, made again by a rebuild: what an organisation's people should know, by the event that it tells of. facts fill the text of its kind.
CREATE TABLE notices (
    organisation_id NVARCHAR(32)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    position        BIGINT        NOT NULL,
    nth             BIGINT        NOT NULL,
    kind            NVARCHAR(64)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    link            NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    facts           NVARCHAR(MAX) NOT NULL,
    at_ms           BIGINT        NOT NULL,
    PRIMARY KEY (organisation_id, position, nth)
);

-- Not out of the journal: up to which position an organisation has read its notices.
CREATE TABLE notices_read (
    organisation_id NVARCHAR(32)  COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    position        BIGINT        NOT NULL
);
