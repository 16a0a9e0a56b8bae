using Ainalym.Journal.Sqlite;
using Ainalym.Journal.Storage;
using Ainalym.Kernel;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ainalym.Journal.Tests;

/// <summary>A data folder of its own for each test, and houses on it.</summary>
/// <param name="open">Opens a house on another engine; SQLite in the folder if there is none.</param>
public sealed class Given(Func<IReadOnlyList<HouseModule>, HouseOptions, House>? open = null) : IDisposable
{
    private readonly Func<IReadOnlyList<HouseModule>, HouseOptions, House> open = open ?? ((modules, options) => Journal.House.Open(modules, options, NullLoggerFactory.Instance));

    public static readonly Caller Buyer = new(Guid.Parse("01900000-0000-7000-8000-000000000001"), Guid.Parse("01900000-0000-7000-8000-0000000000a1"), Roles.Buyer);
    public static readonly Caller OtherBuyer = new(Guid.Parse("01900000-0000-7000-8000-000000000002"), Guid.Parse("01900000-0000-7000-8000-0000000000a2"), Roles.Buyer);
    public static readonly Caller Seller = Buyer with { Roles = Roles.Seller };
    public static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    public string Folder { get; } = Directory.CreateTempSubdirectory("ainalym-test-").FullName;

    public string File => Path.Combine(Folder, "journal.db");

    public static HouseModule Module(GrainKind? kind = null) => new("test", typeof(Given).Assembly) { Kinds = [kind ?? TallyGrain.Kind], Projections = [new TotalsProjection()] };

    public House House(HouseModule? module = null, TimeProvider? time = null) =>
        open([module ?? Module()], new HouseOptions(Folder) { Time = time ?? TimeProvider.System });

    /// <summary>A house on a store of the test's own.</summary>
    internal House House(IJournalStore store, HouseModule? module = null) =>
        new(store, [module ?? Module()], new HouseOptions(Folder), NullLoggerFactory.Instance);

    internal FaultyStore Faulty() => new(new SqliteStore(File));

    public SteppingHouse Stepping(HouseModule? module = null) => SteppingHouse.Open([module ?? Module()], new HouseOptions(Folder), Noon, NullLoggerFactory.Instance);

    public static Guid Id(int n) => CommandIds.Derived(Noon, $"command {n}");

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

public static class Sending
{
    public static Task<Receipt<TallyEvent>> Add(this House house, string tally, long amount, int id, Caller? caller = null) =>
        house.Grains.Handle(TallyGrain.Kind, tally, new Add(Given.Id(id), amount), caller ?? Given.Buyer);

    public static Task<Receipt<TallyEvent>> Send(this House house, string tally, TallyCommand command) =>
        house.Grains.Handle(TallyGrain.Kind, tally, command, Given.Buyer);

    public static async Task<long> Sum(this House house, string tally) =>
        (await house.Database.Single<SumRow>("SELECT sum AS Sum FROM tallies WHERE tally_id = @tally", new { tally }))?.Sum ?? 0;

    public static Verification Verified(this House house, string? published = null) => house.Verify(published, progress: null, CancellationToken.None);

    public sealed record SumRow(long Sum);
}

/// <summary>A store that fails on demand, as disks and networks do.</summary>
internal sealed class FaultyStore(IJournalStore store) : IJournalStore
{
    /// <summary>The next commits fail before anything is written.</summary>
    public bool CommitFails { get; set; }

    /// <summary>The next commit is done, but its answer is lost.</summary>
    public bool CommitAnswerIsLost { get; set; }

    /// <summary>Holds the lane at the next begin until it is set.</summary>
    public ManualResetEventSlim? Hold { get; set; }

    public Engine Engine => store.Engine;

    public string Page => store.Page;

    public void Migrate(IReadOnlyList<HouseModule> modules, long nowMs) => store.Migrate(modules, nowMs);

    public IBatch Begin(bool reading)
    {
        if (!reading) Hold?.Wait();
        return new Batch(this, store.Begin(reading));
    }

    public Head ReadHead() => store.ReadHead();

    public long FindStream(string name) => store.FindStream(name);

    public StoredSnapshot? ReadSnapshot(long stream, int format) => store.ReadSnapshot(stream, format);

    public IReadOnlyList<StoredEvent> ReadStream(long stream, string streamName, long afterVersion) => store.ReadStream(stream, streamName, afterVersion);

    public IReadOnlyList<StoredEvent> ReadBack(string streamName, long before, int most) => store.ReadBack(streamName, before, most);

    public IReadOnlyList<StoredEvent> ReadAfter(long position, int most) => store.ReadAfter(position, most);

    public Task<IReadOnlyList<T>> Query<T>(string sql, object? values, CancellationToken ct) => store.Query<T>(sql, values, ct);

    public void Dispose() => store.Dispose();

    private sealed class Batch(FaultyStore faults, IBatch batch) : IBatch
    {
        public Head Head => batch.Head;

        public BatchView Look(IReadOnlyList<Lanes.LaneItem> items, long era) => batch.Look(items, era);

        public long AddStream(string name) => batch.AddStream(name);

        public IReadOnlyList<StoredEvent> ReadStream(long stream, string streamName, long afterVersion) => batch.ReadStream(stream, streamName, afterVersion);

        public IReadOnlyList<StoredEvent> ReadAfter(long position, int most) => batch.ReadAfter(position, most);

        public IReadOnlyList<(long Position, byte[] Hash)> ReadChain(long afterPosition, int most) => batch.ReadChain(afterPosition, most);

        public IReadOnlyList<(long Stream, string Name)> ReadStreams(long afterStream, int most) => batch.ReadStreams(afterStream, most);

        public (long Stream, StreamEnd End) Find(string streamName) => batch.Find(streamName);

        public IEnumerable<Cell[]> ReadTable(RowTable table, string? first = null) => batch.ReadTable(table, first);

        public Cell[]? ReadRow(RowTable table, IReadOnlyList<Cell> key) => batch.ReadRow(table, key);

        public void Clear(RowTable table) => batch.Clear(table);

        public void Write(BatchWrites writes) => batch.Write(writes);

        public Exception? Try(Lanes.LaneWork work) => batch.Try(work);

        public void Commit()
        {
            if (faults.CommitFails) throw new StorageException("The disk is full.");
            batch.Commit();
            if (!faults.CommitAnswerIsLost) return;
            faults.CommitAnswerIsLost = false;
            throw new StorageException("The answer was lost.");
        }

        public void Dispose() => batch.Dispose();
    }
}
