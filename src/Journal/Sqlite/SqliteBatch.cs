using Ainalym.Journal.Lanes;
using Ainalym.Journal.Storage;
using Microsoft.Data.Sqlite;

namespace Ainalym.Journal.Sqlite;

/// <summary>One transaction of the lane on SQLite. BEGIN IMMEDIATE is the head row's lock: it is taken before anything is read.</summary>
internal sealed class SqliteBatch : IBatch
{
    private readonly SqliteSession session;
    private readonly RowStatements? rows;
    private readonly Action<SqliteSession>? giveBack;

    public SqliteBatch(SqliteSession session, RowStatements? rows, Action<SqliteSession>? giveBack)
    {
        (this.session, this.rows, this.giveBack) = (session, rows, giveBack);
        session.Prepared(giveBack is null ? "BEGIN IMMEDIATE" : "BEGIN").Run();
        Head = session.ReadHead();
    }

    public Head Head { get; }

    public BatchView Look(IReadOnlyList<LaneItem> items, long era)
    {
        var view = new BatchView();
        foreach (var item in items)
        {
            var grain = item.Grain;
            if (grain.Stream == 0) grain.Stream = session.FindStream(grain.StreamName);
            if (grain.Stream != 0 && !view.Ends.ContainsKey(grain.Stream))
                view.Ends.Add(grain.Stream, era >= 0 && grain.KnownIn == era ? new StreamEnd(grain.WrittenVersion, grain.WrittenLast) : session.EndOf(grain.Stream));
            if (session.FindReceipt(item.CommandId) is { } receipt) view.Receipts[item.CommandId] = receipt;
        }

        return view;
    }

    public long AddStream(string name)
    {
        session.Prepared("INSERT INTO streams (name, version, last) VALUES (?1, 0, 0)").Bind(1, name).Run();
        return SQLitePCL.raw.sqlite3_last_insert_rowid(session.Connection.Handle!);
    }

    public IReadOnlyList<StoredEvent> ReadStream(long stream, string streamName, long afterVersion) => session.ReadStream(stream, streamName, afterVersion);

    public IReadOnlyList<StoredEvent> ReadAfter(long position, int most) => session.ReadAfter(position, most);

    public IReadOnlyList<(long Position, byte[] Hash)> ReadChain(long afterPosition, int most) => session.ReadChain(afterPosition, most);

    public IReadOnlyList<(long Stream, string Name)> ReadStreams(long afterStream, int most) => session.ReadStreams(afterStream, most);

    public (long Stream, StreamEnd End) Find(string streamName) => session.FindStream(streamName) is not 0 and var stream ? (stream, session.EndOf(stream)) : (0, default);

    public IEnumerable<Cell[]> ReadTable(RowTable table, string? first = null)
    {
        var columns = table.Key.Count + table.Columns.Count;
        return first is null
            ? session.ReadRows($"SELECT {Columns(table)} FROM {table.Name}", [], columns)
            : session.ReadRows($"SELECT {Columns(table)} FROM {table.Name} WHERE {table.Key[0]} = ?1", [first], columns);
    }

    public Cell[]? ReadRow(RowTable table, IReadOnlyList<Cell> key) => session
        .ReadRows($"SELECT {Columns(table)} FROM {table.Name} WHERE {string.Join(" AND ", table.Key.Select((column, i) => $"{column} = ?{i + 1}"))}", key, table.Key.Count + table.Columns.Count)
        .SingleOrDefault();

    public void Clear(RowTable table) => session.Prepared($"DELETE FROM {table.Name}").Run();

    public void Write(BatchWrites writes)
    {
        try
        {
            WriteAll(writes);
        }
        catch (SqliteException error) when (SqliteErrors.IsStorage(error))
        {
            throw SqliteErrors.Storage(error, "The batch was not written");
        }
    }

    private void WriteAll(BatchWrites writes)
    {
        var insertEvent = session.Prepared("INSERT INTO events (position, stream, version, previous, name, data, command_id, caller, at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
        foreach (var e in writes.Events)
            insertEvent.Bind(1, e.Position).Bind(2, e.Stream).Bind(3, e.Version).Bind(4, e.Previous).Bind(5, e.Name).BindText(6, e.Data).Bind(7, e.CommandId).Bind(8, e.Caller).Bind(9, e.AtMs).Run();

        var moveStream = session.Prepared("UPDATE streams SET version = ?3, last = ?4 WHERE stream = ?1 AND version = ?2");
        foreach (var (stream, from, to) in writes.Streams)
            if (moveStream.Bind(1, stream).Bind(2, from).Bind(3, to.Version).Bind(4, to.Last).Run() != 1) throw new InvalidOperationException($"Stream {stream} is not at version {from}, from which it should move to {to.Version}.");

        var insertReceipt = session.Prepared("INSERT INTO receipts (command_id, digest, stream, version, events, answer, at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        foreach (var r in writes.Receipts)
            insertReceipt.Bind(1, r.CommandId).Bind(2, r.Digest).Bind(3, r.Stream).Bind(4, r.Version).Bind(5, r.Events).Bind(6, r.Answer).Bind(7, r.AtMs).Run();

        foreach (var row in writes.Rows) rows!.Write(row);

        if (writes.Head.Position == Head.Position) return;
        session.Prepared("UPDATE head SET position = ?1, at_ms = ?2, hash = ?3 WHERE one = 1").Bind(1, writes.Head.Position).Bind(2, writes.Head.AtMs).Bind(3, writes.Head.Hash).Run();
        session.Prepared("INSERT INTO chain (position, hash) VALUES (?1, ?2)").Bind(1, writes.Head.Position).Bind(2, writes.Head.Hash).Run();
    }

    public Exception? Try(LaneWork work)
    {
        session.Prepared("SAVEPOINT work").Run();
        try
        {
            work.Run(new Writing(Engine.Sqlite, session.Connection, Transaction: null));
            session.Prepared("RELEASE work").Run();
            return null;
        }
        catch (SqliteException error) when (SqliteErrors.IsStorage(error))
        {
            throw SqliteErrors.Storage(error, "The batch was not written");
        }
        catch (Exception error)
        {
            session.Prepared("ROLLBACK TO work").Run();
            session.Prepared("RELEASE work").Run();
            return error;
        }
    }

    public void Commit()
    {
        try
        {
            session.Prepared("COMMIT").Run();
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Storage(error, "The batch was not committed");
        }
    }

    public void Dispose()
    {
        try
        {
            if (session.InTransaction) session.Prepared("ROLLBACK").Run();
        }
        catch (SqliteException) when (!session.InTransaction)
        {
            // SQLite had rolled back by itself.
        }

        giveBack?.Invoke(session);
    }

    private static string Columns(RowTable table) => string.Join(", ", table.Key.Concat(table.Columns));
}
