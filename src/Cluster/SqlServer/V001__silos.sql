-- The processes of the cluster, as Orleans counts them. They lie beside the journal, so that no process is needed for the others to find one another.

-- A silo is a process's address and start. edition is the edition of the table that last changed the row; only alive_ms moves without one.
-- suspects: who took it for dead, and when in Unix milliseconds: 'ADDRESS=MS ADDRESS=MS'.
CREATE TABLE silos (
    silo       NVARCHAR(100)  COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    edition    BIGINT         NOT NULL,
    status     BIGINT         NOT NULL,
    host       NVARCHAR(255)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    name       NVARCHAR(255)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    proxy_port BIGINT         NOT NULL,
    suspects   NVARCHAR(2000) COLLATE Latin1_General_100_BIN2 NOT NULL,
    started_ms BIGINT         NOT NULL,
    alive_ms   BIGINT         NOT NULL
);

-- Grows by one with each change: whoever has read an older edition changes nothing.
CREATE TABLE silo_editions (
    one     BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    edition BIGINT NOT NULL
);
INSERT INTO silo_editions (one, edition) VALUES (1, 0);
