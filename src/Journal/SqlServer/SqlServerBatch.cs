using System.Data;
using Ainalym.Journal.Grains;
using Ainalym.Journal.Lanes;
using Ainalym.Journal.Storage;
using Dapper;
using Microsoft.Data.SqlClient;

namespace Ainalym.Journal.SqlServer;

/// <summary>One transaction of the lane on SQL Server. The head row is updated before anything is read, which makes other writers wait until the end; a batch costs the same few statements however many items it has.</summary>
internal sealed class SqlServerBatch : IBatch
{
    private const string Savepoint = "work";

    /// <summary>Seconds; emptying a large table takes its time.</summary>
    private const int Patience = 3600;

    private readonly SqlConnection connection;
    private readonly SqlTransaction transaction;
    private readonly RowStatements rows;
    private readonly SqlServerSession session;
    private readonly List<(long Stream, string Name)> newStreams = [];
    private long lastStream;

    /// <param name="connection">Open; this batch's from now on, also when the constructor throws.</param>
    /// <param name="reading">The isolation level to read at, or null to write.</param>
    public SqlServerBatch(SqlConnection connection, RowStatements rows, IsolationLevel? reading)
    {
        (this.connection, this.rows) = (connection, rows);
        try
        {
            transaction = connection.BeginTransaction(reading ?? IsolationLevel.ReadCommitted);
            session = new(connection, transaction);
            if (reading is null) session.Run(SqlServerStatements.TakeHead);
            Head = session.ReadHead();
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public Head Head { get; }

    public BatchView Look(IReadOnlyList<LaneItem> items, long era) => Guarded("The journal cannot be read", () =>
    {
        var view = new BatchView();
        if (items.Count == 0) return view;
        var unknown = new Dictionary<string, List<Grain>>(StringComparer.Ordinal);
        foreach (var grain in items.Select(item => item.Grain).Distinct())
        {
            if (era >= 0 && grain.KnownIn == era && grain.Stream != 0) view.Ends[grain.Stream] = new StreamEnd(grain.WrittenVersion, grain.WrittenLast);
            else if (unknown.TryGetValue(grain.StreamName, out var twins)) twins.Add(grain);
            else unknown.Add(grain.StreamName, [grain]);
        }

        if (unknown.Count > 0)
        {
            foreach (var (name, stream, end) in session.FindStreams(unknown.Keys))
            {
                view.Ends[stream] = end;
                foreach (var grain in unknown[name]) grain.Stream = stream;
            }
        }

        foreach (var receipt in session.FindReceipts(items.Select(item => item.CommandId).Distinct())) view.Receipts[receipt.CommandId] = receipt;
        return view;
    });

    /// <summary>Numbered here, under the head row; written with the rest.</summary>
    public long AddStream(string name)
    {
        if (lastStream == 0) lastStream = Guarded("The journal cannot be read", () => connection.ExecuteScalar<long>(SqlServerStatements.LastStream, transaction: transaction));
        newStreams.Add((++lastStream, name));
        return lastStream;
    }

    public IReadOnlyList<StoredEvent> ReadStream(long stream, string streamName, long afterVersion) =>
        Guarded("The journal cannot be read", () => session.ReadStream(stream, streamName, afterVersion));

    public IReadOnlyList<StoredEvent> ReadAfter(long position, int most) => Guarded("The journal cannot be read", () => session.ReadAfter(position, most));

    public IReadOnlyList<(long Position, byte[] Hash)> ReadChain(long afterPosition, int most) => Guarded("The journal cannot be read", () => session.ReadChain(afterPosition, most));

    public IReadOnlyList<(long Stream, string Name)> ReadStreams(long afterStream, int most) => Guarded("The journal cannot be read", () => session.ReadStreams(afterStream, most));

    public (long Stream, StreamEnd End) Find(string streamName) => Guarded("The journal cannot be read", () => session.FindStreams([streamName]) is [var found] ? (found.Stream, found.End) : (0, default));

    public IEnumerable<Cell[]> ReadTable(RowTable table, string? first = null)
    {
        var values = new DynamicParameters();
        if (first is not null) values.Add(RowSql.KeyName(0), first);
        using var read = session.ReadRows(first is null ? RowSql.ReadAll(table) : RowSql.ReadFirst(table), values).GetEnumerator();
        while (Guarded("The journal cannot be read", read.MoveNext)) yield return read.Current;
    }

    public Cell[]? ReadRow(RowTable table, IReadOnlyList<Cell> key) => Guarded("The journal cannot be read", () =>
    {
        var values = new DynamicParameters();
        for (var i = 0; i < key.Count; i++) values.Add(RowSql.KeyName(i), key[i].Boxed);
        return session.ReadRows(RowSql.ReadOne(table), values).SingleOrDefault();
    });

    public void Clear(RowTable table) => Guarded("The batch was not written", () => connection.Execute(RowSql.Clear(table), transaction: transaction, commandTimeout: Patience));

    public void Write(BatchWrites writes) => Guarded("The batch was not written", () =>
    {
        if (newStreams.Count > 0) session.Run(SqlServerStatements.AddStreams, new { rows = JsonRows.Of(newStreams) });
        newStreams.Clear();
        if (writes.Events.Count > 0) session.Run(SqlServerStatements.AddEvents, new { rows = JsonRows.Of(writes.Events) });
        if (writes.Streams.Count > 0 && session.Run(SqlServerStatements.MoveStreams, new { rows = JsonRows.Of(writes.Streams) }) != writes.Streams.Count)
            throw new InvalidOperationException("A stream of the batch is not at the version from which it should move.");
        if (writes.Receipts.Count > 0) session.Run(SqlServerStatements.AddReceipts, new { rows = JsonRows.Of(writes.Receipts) });
        rows.Write(session, writes.Rows);
        return writes.Head.Position == Head.Position ? 0 : session.Run(SqlServerStatements.MoveHead, new { position = writes.Head.Position, atMs = writes.Head.AtMs, hash = writes.Head.Hash });
    });

    public Exception? Try(LaneWork work) => Guarded<Exception?>("The batch was not written", () =>
    {
        transaction.Save(Savepoint);
        try
        {
            work.Run(new Writing(Engine.SqlServer, connection, transaction));
            // The client would send what comes after an ended transaction without one.
            if (transaction.Connection is null) throw new InvalidOperationException("A write hid an error that ended the transaction.");
            return null;
        }
        catch (Exception error) when (!IsStorage(error))
        {
            if (!TakenBack()) throw;
            return error;
        }
    });

    public void Commit()
    {
        try
        {
            transaction.Commit();
        }
        catch (Exception error) when (error is SqlException or InvalidOperationException)
        {
            // Lets go of the head row first: whoever looks into the receipts then must not wait for this transaction.
            Dispose();
            throw SqlServerErrors.Storage(error, "The batch is not known to be committed");
        }
    }

    public void Dispose()
    {
        try
        {
            transaction.Dispose();
        }
        catch (Exception error) when (error is SqlException or InvalidOperationException)
        {
            // The connection is gone, and the transaction with it.
        }
        finally
        {
            connection.Dispose();
        }
    }

    /// <summary>Some errors end the whole transaction, and with it the savepoint: then the batch goes again, its entries one by one.</summary>
    private bool TakenBack()
    {
        try
        {
            transaction.Rollback(Savepoint);
            return true;
        }
        catch (Exception error) when (error is SqlException or InvalidOperationException)
        {
            return false;
        }
    }

    private T Guarded<T>(string what, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (IsStorage(error))
        {
            throw SqlServerErrors.Storage(error, what);
        }
    }

    /// <summary>An error that the client gives on a connection that is no longer open is the lost connection's.</summary>
    private bool IsStorage(Exception error) => error is not StorageException && ((error is SqlException sql && SqlServerErrors.IsStorage(sql)) || connection.State != ConnectionState.Open);
}
