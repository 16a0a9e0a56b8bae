using System.Collections.Concurrent;
using System.Globalization;
using Ainalym.Journal.Storage;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Ainalym.Journal.Sqlite;

/// <summary>
/// The journal in one SQLite file, shared by the processes of one machine: WAL, every commit on the disk (<c>synchronous=FULL</c>). One connection writes, the lane's; others only read.
/// </summary>
internal sealed class SqliteStore : IJournalStore
{
    /// <summary>Marks the file as ours: "AINA".</summary>
    private const int ApplicationId = 0x41494E41;

    static SqliteStore()
    {
        // Each connection is used by one thread at a time, so SQLite need not lock it at every call. Refused, and no harm done, where somebody has opened a database before.
        SQLitePCL.Batteries_V2.Init();
        SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MULTITHREAD);
    }

    private readonly string path;
    private readonly SqliteSession writer;
    private readonly RowStatements rows;
    private readonly ConcurrentBag<SqliteSession> readers = [];
    private volatile bool disposed;

    /// <exception cref="StorageException">The file cannot be opened, is damaged, or belongs to something else; nothing was changed.</exception>
    public SqliteStore(string path)
    {
        this.path = path;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            writer = Open();
            rows = new RowStatements(writer);
            Claim(writer.Connection);
            writer.Connection.Execute("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 10000");
        }
        catch (StorageException)
        {
            writer?.Dispose();
            throw;
        }
        catch (SqliteException error)
        {
            writer?.Dispose();
            throw SqliteErrors.Storage(error, $"{path} cannot be used");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{path} cannot be used: {error.Message} Choose a folder that this user may write to, with --data DIR.", error);
        }
    }

    public Engine Engine => Engine.Sqlite;

    public string Page => "LIMIT @n";

    public void Migrate(IReadOnlyList<HouseModule> modules, long nowMs)
    {
        try
        {
            Migrations.Apply(new SqliteMigrator(writer), modules, nowMs);
        }
        catch (SqliteException error) when (SqliteErrors.IsStorage(error))
        {
            throw SqliteErrors.Storage(error, $"{path} cannot be brought up to date");
        }
    }

    public IBatch Begin(bool reading)
    {
        try
        {
            if (!reading) return new SqliteBatch(writer, rows, giveBack: null);
            var session = Reader();
            return new SqliteBatch(session, rows: null, readers.Add);
        }
        catch (SqliteException error) when (SqliteErrors.IsStorage(error))
        {
            throw SqliteErrors.Storage(error, "The journal cannot be written");
        }
    }

    public Head ReadHead() => Read(session => session.ReadHead());

    public long FindStream(string name) => Read(session => session.FindStream(name));

    public StoredSnapshot? ReadSnapshot(long stream, int format) => Read(session => session.ReadSnapshot(stream, format));

    public IReadOnlyList<StoredEvent> ReadStream(long stream, string streamName, long afterVersion) =>
        Read(session => session.ReadStream(stream, streamName, afterVersion));

    public IReadOnlyList<StoredEvent> ReadBack(string streamName, long before, int most) => Read(session => session.ReadBack(streamName, before, most));

    public IReadOnlyList<StoredEvent> ReadAfter(long position, int most) => Read(session => session.ReadAfter(position, most));

    public Task<IReadOnlyList<T>> Query<T>(string sql, object? values, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Task.FromResult(Read(session => (IReadOnlyList<T>)session.Connection.Query<T>(sql, values).AsList()));
    }

    /// <summary>Moves what the log holds into the file, from another thread than the lane's, so that commits rarely have to.</summary>
    public void Checkpoint() => Read(session => session.Connection.Execute("PRAGMA wal_checkpoint(PASSIVE)"));

    public void Dispose()
    {
        disposed = true;
        while (readers.TryTake(out var reader)) reader.Dispose();
        writer.Dispose();
    }

    /// <summary>Marks a new, empty file as ours, under a lock, as several processes may start at once.</summary>
    private static void Claim(SqliteConnection connection)
    {
        if (IsOurs(connection)) return;
        connection.Execute("BEGIN IMMEDIATE");
        var ours = IsOurs(connection);
        var empty = connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master") == 0;
        if (!ours && empty) connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
        connection.Execute("COMMIT");
        if (!ours && !empty)
            throw new StorageException($"{connection.DataSource} is a SQLite database of some other program. Nothing was changed. Choose another folder with --data DIR.");
    }

    private static bool IsOurs(SqliteConnection connection) => connection.ExecuteScalar<long>("PRAGMA application_id") == ApplicationId;

    private T Read<T>(Func<SqliteSession, T> read)
    {
        SqliteSession? session = null;
        try
        {
            session = Reader();
            return read(session);
        }
        catch (SqliteException error) when (SqliteErrors.IsStorage(error))
        {
            session?.Dispose();
            session = null;
            throw SqliteErrors.Storage(error, "The journal cannot be read");
        }
        finally
        {
            if (session is not null)
            {
                if (disposed) session.Dispose();
                else readers.Add(session);
            }
        }
    }

    private SqliteSession Reader() => readers.TryTake(out var session) ? session : Open();

    private SqliteSession Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ToString());
        try
        {
            connection.Open();
            connection.Execute("PRAGMA busy_timeout = 5000; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY");
            return new SqliteSession(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
