using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Ainalym.Journal.Following;

namespace Ainalym.Journal.Storage;

/// <summary>What a verification found: counts, and the first difference when there is one.</summary>
public sealed record Verification(long Events, long Streams, long Rows, long Position, string Hash, string? Difference);

/// <summary>
/// Checks the journal against itself in one snapshot: positions without gaps, the chain of hashes, versions without gaps, and every inline row against the row that the
/// events give. Memory does not grow with the journal: tables are compared by a sum over their rows, and only a table that differs is searched row by row.
/// </summary>
internal sealed class Verifier(IJournalStore store, Kinds kinds, IProgress<string>? progress)
{
    private const int PageSize = 5_000;
    private long folded;

    /// <param name="published">A head that was published earlier ("position:hash"): the chain must still lead through it.</param>
    public Verification Verify(string? published, CancellationToken ct)
    {
        using var journal = store.Begin(reading: true);
        var head = journal.Head;
        var counts = new Verification(0, 0, 0, head.Position, Convert.ToHexStringLower(head.Hash), Difference: null);
        var (events, broken) = Chain(journal, published, ct);
        counts = counts with { Events = events };
        if (broken is not null) return counts with { Difference = broken };

        var tables = Tables();
        var expected = tables.ToDictionary(table => table, _ => new RowSum());
        folded = 0;
        var (streams, damaged) = EachStream(journal, rows =>
        {
            foreach (var (table, cells) in rows.All) expected[table].Add(cells);
            return null;
        }, ct);
        counts = counts with { Streams = streams };
        if (damaged is null && folded != events) damaged = $"the streams lead to {folded} events, the journal has {events}";
        if (damaged is not null) return counts with { Difference = damaged };

        foreach (var table in tables)
        {
            progress?.Report($"rows of {table.Name}");
            var found = new RowSum();
            foreach (var cells in journal.ReadTable(table)) found.Add(cells);
            counts = counts with { Rows = counts.Rows + found.Count };
            if (!found.Same(expected[table])) return counts with { Difference = FirstDifference(journal, table, found.Count, expected[table].Count, ct) };
        }

        return counts;
    }

    /// <summary>Makes these tables of inline rows anew, in one transaction.</summary>
    /// <returns>How many streams were folded.</returns>
    public long Rebuild(IReadOnlyList<RowTable> tables, CancellationToken ct)
    {
        var whole = tables.ToDictionary(table => table, table => table.Whole());
        using var batch = store.Begin(reading: false);
        foreach (var table in tables) batch.Clear(table);
        var writes = new BatchWrites { Head = batch.Head };
        var (streams, damaged) = EachStream(batch, rows =>
        {
            writes.Rows.Clear();
            foreach (var (table, cells) in rows.All)
                if (whole.TryGetValue(table, out var shape)) writes.Rows.Add(shape.Row(cells));
            batch.Write(writes);
            return null;
        }, ct);
        if (damaged is not null) throw new StorageException(damaged);
        batch.Commit();
        return streams;
    }

    private HashSet<RowTable> Tables() => [Reminder.Table, .. kinds.All.SelectMany(kind => kind.Tables)];

    private (long Events, string? Difference) Chain(IBatch journal, string? published, CancellationToken ct)
    {
        var chain = new HashChain();
        var hash = (byte[])Head.FirstHash.Clone();
        var position = 0L;
        var ends = new Queue<(long Position, byte[] Hash)>();
        var lastEnd = 0L;
        var (publishedAt, publishedHash) = Published(published);

        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var page = journal.ReadAfter(position, PageSize);
            if (page.Count == 0) break;
            foreach (var e in page)
            {
                if (e.Position != position + 1) return (position, $"position {position + 1} is missing; the next is {e.Position}");
                chain.Next(hash, e);
                position = e.Position;
                if (ends.Count == 0)
                    foreach (var end in journal.ReadChain(lastEnd, PageSize)) ends.Enqueue(end);
                if (ends.TryPeek(out var due) && due.Position == position)
                {
                    ends.Dequeue();
                    lastEnd = position;
                    if (!due.Hash.AsSpan().SequenceEqual(hash)) return (position, $"the chain breaks at or before position {position}: {e.StreamName} version {e.Version} ({e.Name}) or one since {lastEnd} was changed");
                }

                if (position == publishedAt && Convert.ToHexStringLower(hash) != publishedHash) return (position, $"position {position} was published with the hash {publishedHash}, but the journal gives {Convert.ToHexStringLower(hash)}");
            }

            progress?.Report($"chain to position {position} of {journal.Head.Position}");
        }

        if (publishedAt > position) return (position, $"position {publishedAt} was published, but the journal ends at {position}: its end was cut off");
        if (position != journal.Head.Position) return (position, $"the head says position {journal.Head.Position}, the events end at {position}");
        if (!hash.AsSpan().SequenceEqual(journal.Head.Hash)) return (position, $"the head's hash is not that of the events up to {position}");
        return (position, ends.Count > 0 ? $"the chain has a hash at {ends.Peek().Position}, where no batch ends" : null);
    }

    private static (long Position, string Hash) Published(string? text)
    {
        if (text is null) return (-1, "");
        var parts = text.Split(':');
        return parts.Length == 2 && long.TryParse(parts[0], CultureInfo.InvariantCulture, out var position) && parts[1].Length == 64
            ? (position, parts[1].ToLowerInvariant())
            : throw new ArgumentException($"'{text}' is not a published head: write POSITION:HASH, as verify prints it.", nameof(text));
    }

    /// <summary>Folds stream after stream and gives the rows it ends with.</summary>
    private (long Streams, string? Difference) EachStream(IBatch journal, Func<RowSet, string?> use, CancellationToken ct)
    {
        var count = 0L;
        var after = 0L;
        var rows = new RowSet();
        while (journal.ReadStreams(after, PageSize) is { Count: > 0 } page)
        {
            foreach (var (stream, name) in page)
            {
                ct.ThrowIfCancellationRequested();
                rows.Clear();
                var (kind, id) = kinds.Of(name);
                if (Fold(journal, kind, id, stream, name, rows) is { } damage) return (count, damage);
                if (use(rows) is { } difference) return (count, difference);
                count++;
                after = stream;
            }

            progress?.Report($"{count} streams folded");
        }

        return (count, null);
    }

    private string? Fold(IBatch journal, GrainKind kind, string id, long stream, string name, RowSet rows)
    {
        var state = kind.InitialState;
        var version = 0L;
        IReadOnlyList<StoredEvent> events;
        try
        {
            events = journal.ReadStream(stream, name, afterVersion: 0);
        }
        catch (StorageException damage)
        {
            return damage.Message;
        }

        foreach (var e in events)
        {
            if (e.Version != version + 1) return $"{name} has version {e.Version} where {version + 1} should follow";
            version = e.Version;
            folded++;
            try
            {
                var @event = kind.Catalogue.For(e.Name).Read(e.Data);
                state = kind.Fold(state, @event);
                foreach (var row in kind.RowsOf(id, state, [new(e.Position, e.Version, DateTimeOffset.FromUnixTimeMilliseconds(e.AtMs), @event)])) rows.Apply(row);
            }
            catch (Exception error) when (error is JsonException or UnreachableException or InvalidOperationException)
            {
                return $"{name} version {e.Version} ({e.Name}, position {e.Position}) cannot be read or does not follow: {error.Message}";
            }
        }

        return null;
    }

    private string FirstDifference(IBatch journal, RowTable table, long found, long expected, CancellationToken ct)
    {
        var (_, difference) = EachStream(journal, rows =>
        {
            foreach (var (of, cells) in rows.All)
            {
                if (of != table) continue;
                var key = RowSet.KeyOf(table, cells);
                if (journal.ReadRow(table, [.. cells.Take(table.Key.Count)]) is not { } there) return $"{table.Name} lacks the row {key}";
                for (var i = table.Key.Count; i < cells.Length; i++)
                    if (!there[i].Equals(cells[i])) return $"{table.Name} {key}: {table.Columns[i - table.Key.Count]} is {there[i]}, the events give {cells[i]}";
            }

            return null;
        }, ct);
        return difference ?? $"{table.Name} has {found} rows, the events give {expected}";
    }
}
