namespace Ainalym.Journal.SqlServer;

/// <summary>
/// Every statement that the SQL Server engine runs, in plain sight, so that a test can have each read by Microsoft's parser. Values come as parameters; many at once come as one
/// JSON text, which OPENJSON takes apart (binary values in it are hexadecimal). Texts are taken out wider than their columns: OPENJSON cuts what is too long, a column refuses it.
/// </summary>
internal static class SqlServerStatements
{
    public const string Page = "OFFSET 0 ROWS FETCH NEXT @n ROWS ONLY";

    public const string KeyOrder = "COLLATE Latin1_General_100_BIN2";

    /// <summary>The update is the lock: whoever comes second waits here for the first one's commit, and then reads what it left.</summary>
    public const string TakeHead = "UPDATE head SET at_ms = at_ms WHERE one = 1";

    public const string ReadHead = "SELECT position, at_ms, hash FROM head WHERE one = 1";

    public const string FindStream = "SELECT stream FROM streams WHERE name = @name";

    /// <summary>The streams of a batch that are there, with their versions.</summary>
    public const string FindStreams = $"""
        SELECT s.name, s.stream, s.version, s.last
        FROM OPENJSON(@names) WITH (name NVARCHAR(400) '$') w JOIN streams s ON s.name = w.name {KeyOrder}
        """;

    public const string FindReceipts = """
        SELECT r.command_id, r.digest, r.stream, r.version, r.events, r.answer, r.at_ms
        FROM OPENJSON(@ids) WITH (command_id NVARCHAR(32) '$') w JOIN receipts r ON r.command_id = CONVERT(BINARY(16), w.command_id, 2)
        """;

    public const string LastStream = "SELECT COALESCE(MAX(stream), 0) FROM streams";

    public const string AddStreams = """
        INSERT INTO streams (stream, name, version, last)
        SELECT j.stream, j.name, 0, 0 FROM OPENJSON(@rows) WITH (stream BIGINT '$[0]', name NVARCHAR(400) '$[1]') j
        """;

    public const string AddEvents = """
        INSERT INTO events (position, stream, version, previous, name, data, command_id, caller, at_ms)
        SELECT j.position, j.stream, j.version, j.previous, j.name, j.data, CONVERT(BINARY(16), j.command_id, 2), j.caller, j.at_ms
        FROM OPENJSON(@rows) WITH (
            position BIGINT '$[0]', stream BIGINT '$[1]', version BIGINT '$[2]', previous BIGINT '$[3]', name NVARCHAR(400) '$[4]', data NVARCHAR(MAX) '$[5]',
            command_id NVARCHAR(32) '$[6]', caller NVARCHAR(400) '$[7]', at_ms BIGINT '$[8]') j
        """;

    /// <summary>Touches as many rows as there are streams to move, or one of them is not where it was found.</summary>
    public const string MoveStreams = """
        UPDATE s SET version = j.to_version, last = j.last
        FROM streams s JOIN OPENJSON(@rows) WITH (stream BIGINT '$[0]', from_version BIGINT '$[1]', to_version BIGINT '$[2]', last BIGINT '$[3]') j
            ON j.stream = s.stream AND j.from_version = s.version
        """;

    public const string AddReceipts = """
        INSERT INTO receipts (command_id, digest, stream, version, events, answer, at_ms)
        SELECT CONVERT(BINARY(16), j.command_id, 2), CONVERT(BINARY(32), j.digest, 2), j.stream, j.version, j.events, j.answer, j.at_ms
        FROM OPENJSON(@rows) WITH (
            command_id NVARCHAR(32) '$[0]', digest NVARCHAR(64) '$[1]', stream BIGINT '$[2]', version BIGINT '$[3]', events BIGINT '$[4]',
            answer NVARCHAR(MAX) '$[5]', at_ms BIGINT '$[6]') j
        """;

    public const string MoveHead = """
        UPDATE head SET position = @position, at_ms = @atMs, hash = @hash WHERE one = 1;
        INSERT INTO chain (position, hash) VALUES (@position, @hash)
        """;

    public const string ReadSnapshot = "SELECT version, state FROM snapshots WHERE stream = @stream AND format = @format";

    /// <summary>Not past the head as it was before: events that commit while others are being read could else come without the ones before them, and be missed.</summary>
    public const string ReadStream = """
        DECLARE @head BIGINT;
        SELECT @head = position FROM head WHERE one = 1;
        SELECT position, version, name, data, command_id, caller, at_ms
        FROM events
        WHERE stream = @stream AND version > @after AND position <= @head
        ORDER BY version
        """;

    public const string ReadBack = $"""
        SELECT e.position, e.stream, s.name, e.version, e.name, e.data, e.command_id, e.caller, e.at_ms
        FROM streams s JOIN events e ON e.stream = s.stream
        WHERE s.name = @name AND e.position < @before
        ORDER BY e.version DESC
        {Page}
        """;

    /// <summary>Not past the head as it was before; see <see cref="ReadStream"/>.</summary>
    public const string ReadAfter = $"""
        DECLARE @head BIGINT;
        SELECT @head = position FROM head WHERE one = 1;
        SELECT e.position, e.stream, s.name, e.version, e.name, e.data, e.command_id, e.caller, e.at_ms
        FROM events e JOIN streams s ON s.stream = e.stream
        WHERE e.position > @after AND e.position <= @head
        ORDER BY e.position
        {Page}
        """;

    public const string ReadChain = $"SELECT position, hash FROM chain WHERE position > @after ORDER BY position {Page}";

    public const string ReadStreams = $"SELECT stream, name FROM streams WHERE stream > @after ORDER BY stream {Page}";

    /// <summary>1 when readers may have a snapshot of the whole database.</summary>
    public const string SnapshotState = "SELECT snapshot_isolation_state FROM sys.databases WHERE name = DB_NAME()";

    public const string CountTables = "SELECT COUNT_BIG(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_TYPE = 'BASE TABLE'";

    public const string CountLocks = "SELECT COUNT_BIG(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_NAME = 'migration_lock'";

    /// <summary>The first table of a new database. Its one row is updated before anything else is looked at or made.</summary>
    public const string CreateLock = """
        IF OBJECT_ID('migration_lock', 'U') IS NULL
            CREATE TABLE migration_lock (
                one   BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
                turns BIGINT NOT NULL
            );
        """;

    public const string FillLock = "INSERT INTO migration_lock (one, turns) SELECT 1, 0 WHERE NOT EXISTS (SELECT 1 FROM migration_lock WHERE one = 1)";

    public const string TakeLock = "UPDATE migration_lock SET turns = turns + 1 WHERE one = 1";

    public const string CreateMigrations = $"""
        IF OBJECT_ID('migrations', 'U') IS NULL
            CREATE TABLE migrations (
                module   NVARCHAR(64)  {KeyOrder} NOT NULL,
                number   BIGINT        NOT NULL,
                name     NVARCHAR(200) {KeyOrder} NOT NULL,
                checksum NVARCHAR(64)  {KeyOrder} NOT NULL,
                at_ms    BIGINT        NOT NULL,
                PRIMARY KEY (module, number)
            );
        """;

    public const string ReadMigrations = "SELECT module AS Module, number AS Number, name AS Name, checksum AS Checksum FROM migrations";

    public const string AddMigration = "INSERT INTO migrations (module, number, name, checksum, at_ms) VALUES (@Module, @Number, @Name, @Checksum, @nowMs)";
}
