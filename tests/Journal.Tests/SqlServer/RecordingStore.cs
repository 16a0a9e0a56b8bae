using Ainalym.Journal.Lanes;
using Ainalym.Journal.Storage;
using Ainalym.Support;

namespace Ainalym.Journal.Tests.SqlServer;

/// <summary>A store on SQL Server that is not there: it remembers the text of every statement that the house itself writes, and holds nothing.</summary>
internal sealed class RecordingStore(RecordingDatabase database) : IJournalStore
{
    public Engine Engine => database.Engine;

    public string Page => database.Page;

    public void Migrate(IReadOnlyList<HouseModule> modules, long nowMs)
    {
    }

    public IBatch Begin(bool reading) => new Batch(database);

    public Head ReadHead() => new(0, 0, Head.FirstHash);

    public long FindStream(string name) => 0;

    public StoredSnapshot? ReadSnapshot(long stream, int format) => null;

    public IReadOnlyList<StoredEvent> ReadStream(long stream, string streamName, long afterVersion) => [];

    public IReadOnlyList<StoredEvent> ReadBack(string streamName, long before, int most) => [];

    public IReadOnlyList<StoredEvent> ReadAfter(long position, int most) => [];

    public Task<IReadOnlyList<T>> Query<T>(string sql, object? values, CancellationToken ct) => database.Query<T>(sql, values, ct);

    public void Dispose()
    {
    }

    private sealed class Batch(RecordingDatabase database) : IBatch
    {
        public Head Head => new(0, 0, Head.FirstHash);

        public BatchView Look(IReadOnlyList<LaneItem> items, long era) => new();

        public long AddStream(string name) => 1;

        public IReadOnlyList<StoredEvent> ReadStream(long stream, string streamName, long afterVersion) => [];

        public IReadOnlyList<StoredEvent> ReadAfter(long position, int most) => [];

        public IReadOnlyList<(long Position, byte[] Hash)> ReadChain(long afterPosition, int most) => [];

        public IReadOnlyList<(long Stream, string Name)> ReadStreams(long afterStream, int most) => [];

        public (long Stream, StreamEnd End) Find(string streamName) => (0, default);

        public IEnumerable<Cell[]> ReadTable(RowTable table, string? first = null) => [];

        public Cell[]? ReadRow(RowTable table, IReadOnlyList<Cell> key) => null;

        public void Clear(RowTable table)
        {
        }

        public void Write(BatchWrites writes)
        {
        }

        public Exception? Try(LaneWork work)
        {
            try
            {
                work.Run(database.Writing);
                return null;
            }
            catch (Following.LeaseLostException error)
            {
                return error;
            }
        }

        public void Commit()
        {
        }

        public void Dispose()
        {
        }
    }
}
