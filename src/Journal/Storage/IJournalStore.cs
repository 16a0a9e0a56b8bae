using Ainalym.Journal.Lanes;

namespace Ainalym.Journal.Storage;

/// <summary>
/// The journal in an engine: SQLite or SQL Server. One contract, tested on each. Writing goes through <see cref="Begin"/> alone, which only the lane calls; the reads may be called from any thread.
/// </summary>
internal interface IJournalStore : IDatabaseReads, IDisposable
{
    /// <summary>Brings the schema up to date under a lock. Throws <see cref="StorageException"/> with a plain message for a file that is damaged, foreign or newer.</summary>
    void Migrate(IReadOnlyList<HouseModule> modules, long nowMs);

    /// <summary>Starts a batch. <paramref name="reading"/>: only looks; otherwise takes the head row, so that no other process writes until the end.</summary>
    IBatch Begin(bool reading);

    Head ReadHead();

    /// <summary>The stream's number, or 0 when nothing was ever written to it.</summary>
    long FindStream(string name);

    StoredSnapshot? ReadSnapshot(long stream, int format);

    /// <summary>The events of a stream after a version, in order.</summary>
    IReadOnlyList<StoredEvent> ReadStream(long stream, string streamName, long afterVersion);

    /// <summary>The last events of a stream, newest first, from before a position of that stream; 0 for from its end.</summary>
    IReadOnlyList<StoredEvent> ReadBack(string streamName, long before, int most);

    /// <summary>The events after a position, in order.</summary>
    IReadOnlyList<StoredEvent> ReadAfter(long position, int most);

}

/// <summary>One transaction of the lane.</summary>
internal interface IBatch : IDisposable
{
    Head Head { get; }

    /// <summary>
    /// Finds, for all items at once, what the journal already knows: the streams' numbers and versions, and the receipts of the command ids. The version of a grain that is
    /// <c>KnownIn</c> this era is taken from the grain.
    /// </summary>
    BatchView Look(IReadOnlyList<LaneItem> items, long era);

    /// <summary>A new stream, in this transaction.</summary>
    long AddStream(string name);

    IReadOnlyList<StoredEvent> ReadStream(long stream, string streamName, long afterVersion);

    /// <summary>The events after a position, in order.</summary>
    IReadOnlyList<StoredEvent> ReadAfter(long position, int most);

    /// <summary>The stored hashes at the ends of batches after a position, in order.</summary>
    IReadOnlyList<(long Position, byte[] Hash)> ReadChain(long afterPosition, int most);

    /// <summary>The streams after a number, in order.</summary>
    IReadOnlyList<(long Stream, string Name)> ReadStreams(long afterStream, int most);

    /// <summary>A stream's number, 0 when nothing was ever written to it, and its end.</summary>
    (long Stream, StreamEnd End) Find(string streamName);

    /// <summary>Every row of a table, or those with a text as the first cell of their key; key cells first, then the others in the table's order.</summary>
    IEnumerable<Cell[]> ReadTable(RowTable table, string? first = null);

    Cell[]? ReadRow(RowTable table, IReadOnlyList<Cell> key);

    /// <summary>Empties a table of inline rows, before it is rebuilt.</summary>
    void Clear(RowTable table);

    void Write(BatchWrites writes);

    /// <summary>Side writes (followers' rows, identity, drafts, snapshots): each under its own savepoint.</summary>
    Exception? Try(LaneWork work);

    /// <exception cref="StorageException">Not known to have committed.</exception>
    void Commit();
}

/// <summary>What a batch must know before it writes.</summary>
internal sealed class BatchView
{
    /// <summary>The end of each stream by its number. A stream that is not in it has no events.</summary>
    public Dictionary<long, StreamEnd> Ends { get; } = [];

    public Dictionary<Guid, StoredReceipt> Receipts { get; } = [];
}

/// <summary>How far a stream is: its version, and the position of its last event.</summary>
internal readonly record struct StreamEnd(long Version, long Last);

/// <summary>A stream that a batch moves, from the version it was found at.</summary>
internal readonly record struct MovedStream(long Stream, long From, StreamEnd To);

/// <summary>What a batch writes, in order.</summary>
internal sealed class BatchWrites
{
    public List<NewEvent> Events { get; } = [];

    /// <summary>A stream that is not at the version it moves from fails the batch: the last guard against a version given twice.</summary>
    public List<MovedStream> Streams { get; } = [];

    public List<StoredReceipt> Receipts { get; } = [];

    public List<Row> Rows { get; } = [];

    /// <summary>The new end of the journal.</summary>
    public Head Head { get; set; }

    public void Clear()
    {
        Events.Clear();
        Streams.Clear();
        Receipts.Clear();
        Rows.Clear();
    }
}

/// <summary>An event about to be written.</summary>
internal readonly record struct NewEvent(long Position, long Stream, long Version, long Previous, string Name, byte[] Data, Guid CommandId, string Caller, long AtMs);
