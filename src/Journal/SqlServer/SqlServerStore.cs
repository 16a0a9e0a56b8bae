using System.Data;
using Ainalym.Journal.Storage;
using Dapper;
using Microsoft.Data.SqlClient;

namespace Ainalym.Journal.SqlServer;

/// <summary>
/// The journal in a SQL Server database, shared by any number of processes. A reading batch sees one state of the database: by snapshot where the database allows it
/// (<c>ALLOW_SNAPSHOT_ISOLATION</c>), else by keeping the head row as it is, so that writers wait until it ends.
/// Other reads wait for a batch that is being written, unless the database has <c>READ_COMMITTED_SNAPSHOT</c> on.
/// </summary>
internal sealed class SqlServerStore : IJournalStore
{
    private readonly string connectionString;

    /// <summary>For reading batches, which are pooled apart: a pooled connection keeps the isolation level of its last transaction.</summary>
    private readonly string readingString;

    private readonly RowStatements rows = new();
    private IsolationLevel reading = IsolationLevel.RepeatableRead;

    /// <exception cref="StorageException">The connection string cannot be read.</exception>
    public SqlServerStore(string connectionString)
    {
        try
        {
            // Savepoints need a connection with one result at a time.
            var builder = new SqlConnectionStringBuilder(connectionString) { MultipleActiveResultSets = false };
            this.connectionString = builder.ConnectionString;
            builder.ApplicationName = $"{builder.ApplicationName[..Math.Min(builder.ApplicationName.Length, 100)]} reading batches";
            readingString = builder.ConnectionString;
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            throw new StorageException($"The connection string cannot be read: {error.Message}", error);
        }
    }

    public Engine Engine => Engine.SqlServer;

    public string Page => SqlServerStatements.Page;

    public void Migrate(IReadOnlyList<HouseModule> modules, long nowMs) => Read("The database cannot be brought up to date", session =>
    {
        Migrations.Apply(new SqlServerMigrator(session.Connection), modules, nowMs);
        if (session.Connection.ExecuteScalar<long>(SqlServerStatements.SnapshotState) == 1) reading = IsolationLevel.Snapshot;
        return 0;
    });

    public IBatch Begin(bool reading)
    {
        var what = reading ? "The journal cannot be read" : "The journal cannot be written";
        var connection = Open(what, reading ? readingString : connectionString);
        try
        {
            return new SqlServerBatch(connection, rows, reading ? this.reading : null);
        }
        catch (SqlException error) when (SqlServerErrors.IsStorage(error))
        {
            throw SqlServerErrors.Storage(error, what);
        }
    }

    public Head ReadHead() => Read(session => session.ReadHead());

    public long FindStream(string name) => Read(session => session.FindStream(name));

    public StoredSnapshot? ReadSnapshot(long stream, int format) => Read(session => session.ReadSnapshot(stream, format));

    public IReadOnlyList<StoredEvent> ReadStream(long stream, string streamName, long afterVersion) =>
        Read(session => session.ReadStream(stream, streamName, afterVersion));

    public IReadOnlyList<StoredEvent> ReadBack(string streamName, long before, int most) => Read(session => session.ReadBack(streamName, before, most));

    public IReadOnlyList<StoredEvent> ReadAfter(long position, int most) => Read(session => session.ReadAfter(position, most));

    public async Task<IReadOnlyList<T>> Query<T>(string sql, object? values, CancellationToken ct)
    {
        try
        {
            await using var connection = await Opened(ct);
            return (await connection.QueryAsync<T>(new CommandDefinition(sql, values, cancellationToken: ct))).AsList();
        }
        catch (SqlException) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(ct);
        }
        catch (SqlException error) when (SqlServerErrors.IsStorage(error))
        {
            throw SqlServerErrors.Storage(error, "The journal cannot be read");
        }
    }

    public void Dispose()
    {
        foreach (var pool in (string[])[connectionString, readingString])
        {
            using var connection = new SqlConnection(pool);
            SqlConnection.ClearPool(connection);
        }
    }

    private T Read<T>(Func<SqlServerSession, T> read) => Read("The journal cannot be read", read);

    private T Read<T>(string what, Func<SqlServerSession, T> read)
    {
        using var connection = Open(what, connectionString);
        try
        {
            return read(new SqlServerSession(connection));
        }
        catch (SqlException error) when (SqlServerErrors.IsStorage(error))
        {
            throw SqlServerErrors.Storage(error, what);
        }
    }

    private async Task<SqlConnection> Opened(CancellationToken ct)
    {
        var connection = new SqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch (Exception error) when (error is SqlException or InvalidOperationException && !ct.IsCancellationRequested)
        {
            await connection.DisposeAsync();
            throw SqlServerErrors.Storage(error, "The journal cannot be read");
        }
    }

    private static SqlConnection Open(string what, string pool)
    {
        var connection = new SqlConnection(pool);
        try
        {
            connection.Open();
            return connection;
        }
        catch (Exception error) when (error is SqlException or InvalidOperationException)
        {
            connection.Dispose();
            throw SqlServerErrors.Storage(error, what);
        }
    }
}
