using System.Threading.Channels;
using Ainalym.Journal.Lanes;
using Microsoft.Extensions.Logging;

namespace Ainalym.Journal.Grains;

/// <summary>Writes committed states down, later and one at a time, so that a grain with a long stream loads fast. A lost one costs time, never truth.</summary>
internal sealed class Snapshots(long every, ILogger log)
{
    private readonly Channel<(Grain Grain, long Version, object State)> due =
        Channel.CreateBounded<(Grain, long, object)>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Called by the lane after a commit.</summary>
    public void Consider(Grain grain)
    {
        if (grain.DueSnapshot(every) is { } snapshot) due.Writer.TryWrite((grain, snapshot.Version, snapshot.State));
    }

    /// <summary>Writes those that are due, until cancelled.</summary>
    public async Task Run(Lane lane, CancellationToken ct)
    {
        try
        {
            await foreach (var (grain, version, state) in due.Reader.ReadAllAsync(ct)) await Write(lane, grain, version, state);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The rest is not needed.
        }
    }

    /// <summary>Writes all that are due now.</summary>
    public async Task Drain(Lane lane)
    {
        while (due.Reader.TryRead(out var next)) await Write(lane, next.Grain, next.Version, next.State);
    }

    private async Task Write(Lane lane, Grain grain, long version, object state)
    {
        if (grain.Kind.WriteSnapshot(state) is not { } json) return;
        try
        {
            await lane.Write(writing =>
            {
                var row = new { stream = grain.Stream, version, format = (long)grain.Kind.SnapshotFormat, state = json };
                return writing.Run("UPDATE snapshots SET version = @version, format = @format, state = @state WHERE stream = @stream", row) == 1
                    || writing.Run("INSERT INTO snapshots (stream, version, format, state) VALUES (@stream, @version, @format, @state)", row) == 1;
            });
        }
        catch (StorageException error)
        {
            log.LogWarning(error, "The snapshot of {Stream} at {Version} was not written", grain.StreamName, version);
        }
    }
}
