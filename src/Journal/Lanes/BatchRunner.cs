using Ainalym.Journal.Following;
using Ainalym.Journal.Grains;
using Ainalym.Journal.Storage;
using Ainalym.Kernel;

namespace Ainalym.Journal.Lanes;

/// <summary>
/// Writes one batch. Under the head row it looks up receipts and versions of all items, answers again what was answered before, decides again what was decided on something
/// else, and writes the rest. If one entry cannot be written, the batch is taken back and its entries go one by one, so that none fails another's.
/// </summary>
internal sealed class BatchRunner(IJournalStore store, JournalClock clock, Tail tail, Action<Grain> committed)
{
    private readonly List<LaneItem> items = [];
    private readonly List<LaneWork> works = [];
    private readonly List<LaneEntry> open = [];
    private readonly List<(LaneEntry Entry, Exception Error)> failed = [];
    private readonly Dictionary<Guid, LaneItem> seen = [];
    private readonly Dictionary<Grain, Touched> touched = [];
    private readonly List<Grain> added = [];
    private readonly List<Envelope> envelopes = [];
    private readonly BatchWrites writes = new();

    private readonly Stack<Touched> spare = [];

    /// <summary>What a batch adds to a stream. Used again by later batches.</summary>
    private sealed class Touched
    {
        public long From { get; set; }

        public List<Recorded<object>> Events { get; } = [];
    }

    private readonly HashChain chain = new();

    /// <summary>Where this lane's last batch ended; a head elsewhere means that another process has written.</summary>
    private long ended = -1;

    /// <summary>Grows whenever another process has written. A grain whose version was looked up in this era needs no look.</summary>
    private long era;

    /// <exception cref="StorageException">Nothing of the batch was written; all its callers have been told.</exception>
    public void Run(IReadOnlyList<LaneEntry> batch)
    {
        try
        {
            Attempt(batch);
        }
        catch (StorageException error)
        {
            GiveUp([.. open], error);
            throw;
        }
        catch (Exception error) when (open.Count == 1)
        {
            GiveUp([.. open], error);
        }
        catch (Exception)
        {
            TakeBack();
            OneByOne([.. open]);
        }
    }

    private void OneByOne(IReadOnlyList<LaneEntry> batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            try
            {
                Attempt([batch[i]]);
            }
            catch (StorageException error)
            {
                GiveUp([.. batch.Skip(i)], error);
                throw;
            }
            catch (Exception error)
            {
                GiveUp([batch[i]], error);
            }
        }
    }

    private void Attempt(IReadOnlyList<LaneEntry> batch)
    {
        Start(batch);
        if (works.Count == 0 && items.TrueForAll(item => item.OnlyReads))
        {
            AnswerByReading();
            if (items.Count == 0) return;
        }

        using var transaction = store.Begin(reading: false);
        writes.Head = transaction.Head;
        // Whoever else has written may have written to any stream: versions known before are known no more.
        if (transaction.Head.Position != ended) era++;
        var view = transaction.Look(items, era);
        var hash = (byte[])transaction.Head.Hash.Clone();
        foreach (var item in items) Settle(item, view, transaction, hash);
        foreach (var (grain, stream) in touched)
        {
            writes.Streams.Add(new(grain.Stream, stream.From, view.Ends[grain.Stream]));
            writes.Rows.AddRange(grain.Kind.RowsOf(grain.Id, grain.WrittenState, stream.Events));
        }

        writes.Head = writes.Head with { Hash = hash };

        if (writes.Events.Count + writes.Receipts.Count + works.Count > 0)
        {
            transaction.Write(writes);
            foreach (var work in works)
                if (transaction.Try(work) is { } error) failed.Add((work, error));
            Commit(transaction);
        }

        ended = writes.Head.Position;
        foreach (var item in items)
        {
            if (!view.Ends.TryGetValue(item.Grain.Stream, out var end) || end.Version != item.Grain.WrittenVersion) continue;
            item.Grain.KnownIn = era;
            item.Grain.WrittenLast = end.Last;
        }

        Finish();
    }

    private void Start(IReadOnlyList<LaneEntry> batch)
    {
        items.Clear();
        works.Clear();
        open.Clear();
        failed.Clear();
        seen.Clear();
        foreach (var stream in touched.Values) spare.Push(stream);
        touched.Clear();
        added.Clear();
        envelopes.Clear();
        writes.Clear();
        open.AddRange(batch);
        foreach (var entry in batch)
        {
            if (entry is LaneItem item) items.Add(item);
            else works.Add((LaneWork)entry);
        }
    }

    /// <summary>Refusals that need not be remembered only need to stand on what has committed. What doesn't stays in <see cref="items"/>.</summary>
    private void AnswerByReading()
    {
        using var transaction = store.Begin(reading: true);
        var view = transaction.Look(items, transaction.Head.Position == ended ? era : -1);
        open.Clear();
        foreach (var item in items)
        {
            var version = view.Ends.GetValueOrDefault(item.Grain.Stream).Version;
            if (!Answered(item, view, transaction))
            {
                if (!item.Grain.Stands(item, version))
                {
                    open.Add(item);
                    continue;
                }

                item.Answer = new(version, 0, item.AtMs, item.Refusals, First: null);
            }

            item.Grain.Left();
            item.Tell();
        }

        items.Clear();
        items.AddRange(open.Cast<LaneItem>());
    }

    private void Settle(LaneItem item, BatchView view, IBatch transaction, byte[] hash)
    {
        if (Answered(item, view, transaction))
        {
            if (item.Events.Length > 0) item.Grain.Forget();
            return;
        }

        var grain = item.Grain;
        var version = view.Ends.GetValueOrDefault(grain.Stream).Version;
        if (!grain.Stands(item, version))
        {
            try
            {
                grain.DecideAgain(item, transaction, version, clock.Now());
                JournalMeters.DecidedAgain();
            }
            catch (Exception error) when (error is not StorageException)
            {
                grain.Forget();
                failed.Add((item, error));
                return;
            }
        }

        seen[item.CommandId] = item;
        var at = Math.Max(writes.Head.AtMs, item.AtMs);
        if (item.Refusals.Count > 0)
        {
            item.Answer = new(version, 0, at, item.Refusals, First: null);
            if (grain.Kind.RemembersRefusals) Remember(item, version, events: 0, Answers.Write(item.Refusals), at, transaction);
            return;
        }

        if (item.Events.Length > 0)
        {
            version = Append(item, view, at, transaction, hash);
        }

        item.Answer = new(version, item.Events.Length > 0 ? writes.Head.Position : 0, at, [], First: null);
        Remember(item, version, item.Events.Length, answer: null, at, transaction);
    }

    private long Append(LaneItem item, BatchView view, long at, IBatch transaction, byte[] hash)
    {
        var grain = item.Grain;
        Numbered(grain, transaction);
        var (version, last) = view.Ends.GetValueOrDefault(grain.Stream);
        if (!touched.TryGetValue(grain, out var stream)) touched.Add(grain, stream = Touching(version));

        var position = writes.Head.Position;
        var instant = DateTimeOffset.FromUnixTimeMilliseconds(at);
        foreach (var (name, data, @event) in item.Events)
        {
            writes.Events.Add(new(++position, grain.Stream, ++version, last, name, data, item.CommandId, item.Caller, at));
            chain.Next(hash, position, grain.StreamName, version, name, data, item.CommandId, item.Caller, at);
            last = position;
            stream.Events.Add(new(position, version, instant, @event));
            envelopes.Add(new(position, grain.Kind.Name, grain.Id, version, name, @event, item.CommandId, item.Caller, instant));
        }

        writes.Head = writes.Head with { Position = position, AtMs = at };
        view.Ends[grain.Stream] = new StreamEnd(version, last);
        grain.Wrote(item);
        return version;
    }

    private Touched Touching(long from)
    {
        var stream = spare.TryPop(out var used) ? used : new Touched();
        stream.From = from;
        stream.Events.Clear();
        return stream;
    }

    private void Remember(LaneItem item, long version, int events, string? answer, long at, IBatch transaction)
    {
        Numbered(item.Grain, transaction);
        writes.Receipts.Add(new(item.CommandId, item.Digest, item.Grain.Stream, version, events, answer, at));
    }

    private void Numbered(Grain grain, IBatch transaction)
    {
        if (grain.Stream != 0) return;
        grain.Stream = transaction.AddStream(grain.StreamName);
        added.Add(grain);
    }

    /// <summary>Answers from the receipt, or from the same command earlier in this batch.</summary>
    private bool Answered(LaneItem item, BatchView view, IBatch transaction)
    {
        if (seen.TryGetValue(item.CommandId, out var twin))
        {
            item.Answer = twin.Digest.AsSpan().SequenceEqual(item.Digest)
                ? twin.Answer with { First = [.. twin.Events.Select(encoded => encoded.Event)] }
                : Answers.Reused(item);
            return true;
        }

        if (!view.Receipts.TryGetValue(item.CommandId, out var receipt)) return false;
        item.Answer = receipt.Digest.AsSpan().SequenceEqual(item.Digest) ? Answers.Again(item.Grain, receipt, transaction) : Answers.Reused(item);
        return true;
    }

    private void Commit(IBatch transaction)
    {
        try
        {
            transaction.Commit();
        }
        catch (StorageException) when (HasCommitted())
        {
            // The engine lost its answer, not the batch: everybody is answered as usual.
        }
    }

    /// <summary>After a commit of unknown outcome: the receipts tell, as they are in the batch.</summary>
    private bool HasCommitted()
    {
        if (writes.Receipts.Count == 0) return false;
        try
        {
            using var transaction = store.Begin(reading: true);
            return transaction.Look(items, era: -1).Receipts.TryGetValue(writes.Receipts[0].CommandId, out var receipt)
                && receipt.Digest.AsSpan().SequenceEqual(writes.Receipts[0].Digest);
        }
        catch (StorageException)
        {
            return false;
        }
    }

    private void Finish()
    {
        foreach (var grain in touched.Keys) grain.Commit();
        if (envelopes.Count > 0) tail.Publish(envelopes);
        foreach (var (entry, error) in failed)
        {
            open.Remove(entry);
            if (entry is LaneItem item) item.Grain.Left();
            entry.Fail(error);
        }

        foreach (var entry in open)
        {
            if (entry is LaneItem item)
            {
                item.Grain.Left();
                item.Tell();
            }
            else
            {
                ((LaneWork)entry).Committed();
            }
        }

        foreach (var grain in touched.Keys) committed(grain);
    }

    private void TakeBack()
    {
        ended = -1;
        foreach (var item in items) item.Grain.GoBack();
        foreach (var grain in added) grain.Stream = 0;
    }

    private void GiveUp(IReadOnlyList<LaneEntry> batch, Exception error)
    {
        TakeBack();
        foreach (var entry in batch)
        {
            if (entry is LaneItem item)
            {
                item.Grain.GoBack();
                item.Grain.Left();
            }

            entry.Fail(error);
        }
    }
}
