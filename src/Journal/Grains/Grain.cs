using Ainalym.Journal.Lanes;
using Ainalym.Journal.Storage;

namespace Ainalym.Journal.Grains;

/// <summary>
/// One grain, whatever the kind: it decides on what it expects the journal to hold (<c>ahead</c>) and hands the decision to the lane without waiting for earlier ones.
/// Three marks on its one stream: <c>committed</c> ≤ <c>written</c> (in the lane's open batch) ≤ <c>ahead</c>. States are immutable, so going back costs nothing.
/// </summary>
internal sealed class Grain(GrainKind kind, string id)
{
    private readonly Lock gate = new();
    private Mark committed = new(kind.InitialState, 0);
    private Mark written = new(kind.InitialState, 0);
    private Mark ahead = new(kind.InitialState, 0);
    private int epoch;
    private int inLane;
    private bool dropped;

    private readonly record struct Mark(object State, long Version);

    public GrainKind Kind { get; } = kind;

    public string Id { get; } = id;

    public string StreamName { get; } = $"{kind.Name}/{id}";

    /// <summary>The stream's number; 0 until something was written. Only the lane and the loading touch it.</summary>
    public long Stream { get; set; }

    /// <summary>When it was last used, in <see cref="Environment.TickCount64"/>.</summary>
    public long LastUsed { get; private set; } = Environment.TickCount64;

    /// <summary>The version that the last snapshot was made of.</summary>
    public long Snapshotted { get; private set; }

    public int Epoch => Volatile.Read(ref epoch);

    /// <summary>Set by <see cref="Load"/> when done.</summary>
    public bool Loaded { get; private set; }

    /// <summary>Reads the stream: the latest usable snapshot and the events after it; or the rows that say the same.</summary>
    public void Load(IJournalStore store)
    {
        lock (gate)
        {
            if (Loaded) return;
            if (Kind.LivesInRows)
            {
                LoadRows(store);
                return;
            }

            Stream = store.FindStream(StreamName);
            if (Stream != 0)
            {
                var mark = committed;
                if (store.ReadSnapshot(Stream, Kind.SnapshotFormat) is { } snapshot)
                {
                    mark = new(Kind.ReadSnapshot(snapshot.State), snapshot.Version);
                    Snapshotted = snapshot.Version;
                }

                committed = written = ahead = Fold(mark, store.ReadStream(Stream, StreamName, mark.Version));
            }

            Loaded = true;
        }
    }

    /// <summary>Decides on the state ahead and puts the decision into the lane, in that order for all callers.</summary>
    /// <returns>False when the grain was dropped meanwhile: ask for it again.</returns>
    public bool Take(LaneItem item, Lane lane, DateTimeOffset now)
    {
        lock (gate)
        {
            if (dropped) return false;
            LastUsed = Environment.TickCount64;
            item.Decide(ahead.State, ahead.Version, now);
            item.Epoch = epoch;
            lane.Put(item);
            ahead = new(item.StateAfter, ahead.Version + item.Events.Length);
            Interlocked.Increment(ref inLane);
            return true;
        }
    }

    /// <summary>In the lane, under the head row: is the item still decided on what is there?</summary>
    public bool Stands(LaneItem item, long version) => item.Epoch == Epoch && item.DecidedOn == version;

    /// <summary>In the lane, under the head row: reads what others wrote, gives up what was expected, and decides the item again on what is really there.</summary>
    public void DecideAgain(LaneItem item, IBatch batch, long version, DateTimeOffset now)
    {
        lock (gate)
        {
            if (written.Version < version) written = Fold(written, batch.ReadStream(Stream, StreamName, written.Version));
            epoch++;
            item.Decide(written.State, written.Version, now);
            item.Epoch = epoch;
            ahead = new(item.StateAfter, written.Version + item.Events.Length);
        }
    }

    /// <summary>In the lane: the item's events are in the open batch. Only the lane knows <c>written</c>, so this waits for nobody who decides.</summary>
    public void Wrote(LaneItem item) => written = new(item.StateAfter, written.Version + item.Events.Length);

    /// <summary>The lane's era in which its version was last found right; of another era, it must be looked up.</summary>
    public long KnownIn { get; set; } = -1;

    public object WrittenState => written.State;

    public long WrittenVersion => written.Version;

    /// <summary>The position of the last written event; holds only in the era <see cref="KnownIn"/>.</summary>
    public long WrittenLast { get; set; }

    /// <summary>In the lane: an item with events was answered from its receipt, so what was decided after it stands on nothing.</summary>
    public void Forget()
    {
        lock (gate)
        {
            epoch++;
            ahead = written;
        }
    }

    /// <summary>The batch has committed.</summary>
    public void Commit()
    {
        lock (gate) committed = written;
    }

    /// <summary>The batch has failed: back to what is known to be in the journal.</summary>
    public void GoBack()
    {
        lock (gate)
        {
            epoch++;
            written = ahead = committed;
        }
    }

    public void Left() => Interlocked.Decrement(ref inLane);

    /// <summary>The committed state, when it is at least so many events past the last snapshot.</summary>
    public (long Version, object State)? DueSnapshot(long every)
    {
        lock (gate)
        {
            if (committed.Version - Snapshotted < every) return null;
            Snapshotted = committed.Version;
            return (committed.Version, committed.State);
        }
    }

    /// <summary>Takes the grain out of use, if nothing of it is on its way and nobody used it since.</summary>
    public bool TryDrop(long unusedSince)
    {
        lock (gate)
        {
            if (Kind.LivesInRows || Volatile.Read(ref inLane) > 0 || LastUsed > unusedSince) return false;
            return dropped = true;
        }
    }

    /// <summary>Rows and version must be of one moment: where the engine's reading does not hold it, they are read again until the version stood still meanwhile.</summary>
    private void LoadRows(IJournalStore store)
    {
        const int Attempts = 10;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            using var reading = store.Begin(reading: true);
            var (stream, end) = reading.Find(StreamName);
            var state = stream == 0 ? Kind.InitialState : Kind.ReadRows(Id, end.Version, (table, id) => reading.ReadTable(table, id));
            if (reading.Find(StreamName).End != end) continue;
            Stream = stream;
            committed = written = ahead = new(state, end.Version);
            Loaded = true;
            return;
        }

        throw new StorageException($"{StreamName} was written to each of the {Attempts} times it was read; repeat the command.");
    }

    private Mark Fold(Mark mark, IReadOnlyList<StoredEvent> events)
    {
        foreach (var e in events)
        {
            if (e.Version != mark.Version + 1) throw new StorageException($"{StreamName} has version {e.Version} where {mark.Version + 1} should follow: the journal is damaged; run 'verify'.");
            mark = new(Kind.Fold(mark.State, Kind.Catalogue.For(e.Name).Read(e.Data)), e.Version);
        }

        return mark;
    }
}
