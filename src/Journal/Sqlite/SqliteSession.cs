using Ainalym.Journal.Storage;
using Microsoft.Data.Sqlite;

namespace Ainalym.Journal.Sqlite;

/// <summary>One connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, Statement> statements = new(StringComparer.Ordinal);
    private Statement? findReceipt;
    private Statement? findEnd;
    private Statement? readEvent;

    public SqliteConnection Connection => connection;

    public bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle!) == 0;

    public Statement Prepared(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement)) statements.Add(sql, statement = new Statement(connection, sql));
        return statement;
    }

    public Head ReadHead()
    {
        var head = Prepared("SELECT position, at_ms, hash FROM head WHERE one = 1");
        if (!head.Step()) throw new StorageException("The journal has no head row: the database is damaged. Restore it from a back-up.");
        var read = new Head(head.Number(0), head.Number(1), head.Bytes(2));
        head.Done();
        return read;
    }

    public long FindStream(string name)
    {
        var find = Prepared("SELECT stream FROM streams WHERE name = ?1").Bind(1, name);
        var stream = find.Step() ? find.Number(0) : 0;
        find.Done();
        return stream;
    }

    public StreamEnd EndOf(long stream)
    {
        var find = (findEnd ??= Prepared("SELECT version, last FROM streams WHERE stream = ?1")).Bind(1, stream);
        var end = find.Step() ? new StreamEnd(find.Number(0), find.Number(1)) : default;
        find.Done();
        return end;
    }

    public StoredReceipt? FindReceipt(Guid commandId)
    {
        var find = (findReceipt ??= Prepared("SELECT digest, stream, version, events, answer, at_ms FROM receipts WHERE command_id = ?1")).Bind(1, commandId);
        var receipt = find.Step()
            ? new StoredReceipt(commandId, find.Bytes(0), find.Number(1), find.Number(2), (int)find.Number(3), find.IsNull(4) ? null : find.Text(4), find.Number(5))
            : null;
        find.Done();
        return receipt;
    }

    public List<StoredEvent> ReadStream(long stream, string streamName, long afterVersion)
    {
        var end = EndOf(stream);
        var events = new List<StoredEvent>((int)Math.Max(0, end.Version - afterVersion));
        for (var position = end.Last; position != 0;)
        {
            var (read, previous) = ReadEvent(position, stream, streamName) ?? throw Damaged(streamName, position);
            if (read.Version <= afterVersion) break;
            events.Add(read);
            position = previous;
        }

        events.Reverse();
        return events;
    }

    public List<StoredEvent> ReadBack(string streamName, long before, int most)
    {
        var events = new List<StoredEvent>();
        var stream = FindStream(streamName);
        var position = stream == 0 ? 0 : before == 0 ? EndOf(stream).Last : ReadEvent(before, stream, streamName)?.Previous ?? 0;
        while (position != 0 && events.Count < most)
        {
            (var read, position) = ReadEvent(position, stream, streamName) ?? throw Damaged(streamName, position);
            events.Add(read);
        }

        return events;
    }

    /// <summary>An event of the stream and the position of the one before it; null when none of this stream stands there.</summary>
    private (StoredEvent Event, long Previous)? ReadEvent(long position, long stream, string streamName)
    {
        var read = (readEvent ??= Prepared("SELECT version, name, data, command_id, caller, at_ms, previous FROM events WHERE position = ?1 AND stream = ?2")).Bind(1, position).Bind(2, stream);
        (StoredEvent, long Previous)? found = read.Step()
            ? (new(position, stream, streamName, read.Number(0), read.Text(1), read.Bytes(2), read.Id(3), read.Text(4), read.Number(5)), read.Number(6))
            : null;
        read.Done();
        return found?.Previous >= position ? throw Damaged(streamName, position) : found;
    }

    private static StorageException Damaged(string streamName, long position) =>
        new($"{streamName} has no event at position {position}, where one should stand: the journal is damaged; run 'verify'.");

    public List<StoredEvent> ReadAfter(long position, int most)
    {
        var read = Prepared("""
            SELECT e.position, e.stream, s.name, e.version, e.name, e.data, e.command_id, e.caller, e.at_ms
            FROM events e JOIN streams s ON s.stream = e.stream
            WHERE e.position > ?1 ORDER BY e.position LIMIT ?2
            """).Bind(1, position).Bind(2, most);
        var events = new List<StoredEvent>();
        while (read.Step())
            events.Add(new(read.Number(0), read.Number(1), read.Text(2), read.Number(3), read.Text(4), read.Bytes(5), read.Id(6), read.Text(7), read.Number(8)));
        read.Done();
        return events;
    }

    public List<(long Position, byte[] Hash)> ReadChain(long afterPosition, int most)
    {
        var read = Prepared("SELECT position, hash FROM chain WHERE position > ?1 ORDER BY position LIMIT ?2").Bind(1, afterPosition).Bind(2, most);
        var hashes = new List<(long, byte[])>();
        while (read.Step()) hashes.Add((read.Number(0), read.Bytes(1)));
        read.Done();
        return hashes;
    }

    public List<(long Stream, string Name)> ReadStreams(long afterStream, int most)
    {
        var read = Prepared("SELECT stream, name FROM streams WHERE stream > ?1 ORDER BY stream LIMIT ?2").Bind(1, afterStream).Bind(2, most);
        var streams = new List<(long, string)>();
        while (read.Step()) streams.Add((read.Number(0), read.Text(1)));
        read.Done();
        return streams;
    }

    public IEnumerable<Cell[]> ReadRows(string sql, IReadOnlyList<Cell> values, int columns)
    {
        var read = Prepared(sql);
        for (var i = 0; i < values.Count; i++) read.Bind(i + 1, values[i]);
        try
        {
            while (read.Step())
            {
                var row = new Cell[columns];
                for (var i = 0; i < columns; i++) row[i] = read.Cell(i);
                yield return row;
            }
        }
        finally
        {
            read.Done();
        }
    }

    public StoredSnapshot? ReadSnapshot(long stream, int format)
    {
        var read = Prepared("SELECT version, state FROM snapshots WHERE stream = ?1 AND format = ?2").Bind(1, stream).Bind(2, format);
        StoredSnapshot? snapshot = read.Step() ? new(read.Number(0), read.Bytes(1)) : null;
        read.Done();
        return snapshot;
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values) statement.Dispose();
        connection.Dispose();
    }
}
