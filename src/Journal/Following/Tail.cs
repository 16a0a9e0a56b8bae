using Ainalym.Journal.Storage;

namespace Ainalym.Journal.Following;

/// <summary>
/// The end of the journal as it grows: wakes followers and live pages after each commit. What other processes commit is found by looking at the head every 200 ms. The last
/// events are kept in memory, so that many watchers cost no reads.
/// </summary>
public sealed class Tail
{
    /// <summary>More would outlive the collector's young generation: at 16 thousand its pauses were three times as long.</summary>
    private const int Kept = 2_048;

    private readonly Lock gate = new();
    private readonly Envelope?[] ring = new Envelope?[Kept];
    private readonly IJournalStore store;
    private readonly Kinds kinds;
    private long first = 1;
    private long last;
    private TaskCompletionSource grown = New();

    internal Tail(IJournalStore store, Kinds kinds)
    {
        (this.store, this.kinds) = (store, kinds);
        last = store.ReadHead().Position;
        first = last + 1;
    }

    /// <summary>The last committed position that this process knows of.</summary>
    public long Position => Volatile.Read(ref last);

    /// <summary>Completes at the next commit after <paramref name="position"/>; at once when there is one already.</summary>
    public Task Grown(long position)
    {
        lock (gate) return last > position ? Task.CompletedTask : grown.Task;
    }

    /// <summary>The events after a position, in order, at most so many. Empty when there are none yet.</summary>
    public IReadOnlyList<Envelope> After(long position, int most)
    {
        lock (gate)
        {
            if (position >= last) return [];
            if (position + 1 >= first)
            {
                var count = (int)Math.Min(most, last - position);
                var page = new Envelope[count];
                for (var i = 0; i < count; i++) page[i] = ring[(position + 1 + i) % Kept]!;
                return page;
            }
        }

        return Read(position, most);
    }

    /// <summary>Called by the lane after a commit, in order.</summary>
    internal void Publish(List<Envelope> committed)
    {
        lock (gate)
        {
            if (committed[0].Position > last + 1) first = committed[0].Position;
            foreach (var envelope in committed) ring[envelope.Position % Kept] = envelope;
            last = committed[^1].Position;
            first = Math.Max(first, last - Kept + 1);
            var wake = grown;
            grown = New();
            wake.SetResult();
        }
    }

    /// <summary>Looks whether another process has committed.</summary>
    internal void Look()
    {
        var head = store.ReadHead().Position;
        lock (gate)
        {
            if (head <= last) return;
            last = head;
            first = head + 1;
            var wake = grown;
            grown = New();
            wake.SetResult();
        }
    }

    private IReadOnlyList<Envelope> Read(long position, int most) => [.. store.ReadAfter(position, most).Select(kinds.Envelope)];

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
