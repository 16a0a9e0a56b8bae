-- The processes of the cluster, as Orleans counts them. They lie beside the journal, so that no process is needed for the others to find one another.

-- A silo is a process's address and start. edition is the edition of the table that last changed the row; only alive_ms moves without one.
-- suspects: who took it for dead, and when in Unix milliseconds: 'ADDRESS=MS ADDRESS=MS'.
CREATE TABLE silos (
    silo       TEXT    NOT NULL PRIMARY KEY,
    edition    INTEGER NOT NULL,
    status     INTEGER NOT NULL,
    host       TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    proxy_port INTEGER NOT NULL,
    suspects   TEXT    NOT NULL,
    started_ms INTEGER NOT NULL,
    alive_ms   INTEGER NOT NULL
) WITHOUT ROWID;

-- Grows by one with each change: whoever has read an older edition changes nothing.
CREATE TABLE silo_editions (
    one     INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    edition INTEGER NOT NULL
);
INSERT INTO silo_editions (one, edition) VALUES (1, 0);
