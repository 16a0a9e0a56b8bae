using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Ainalym.Journal;

/// <summary>What the lane says of itself; the meter is called <c>Ainalym.Journal</c>.</summary>
public static class JournalMeters
{
    public const string Name = "Ainalym.Journal";

    private static readonly ActivitySource Activities = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>("lane.batch.size", "{entry}", "Entries of a batch");
    private static readonly Histogram<long> BatchTime = Meter.CreateHistogram<long>("lane.batch.duration", "us", "From taking a batch to its commit");
    private static readonly Gauge<int> Depth = Meter.CreateGauge<int>("lane.depth", "{entry}", "Entries waiting when a batch ended");
    private static readonly Counter<long> Again = Meter.CreateCounter<long>("lane.decided_again", "{item}", "Items whose decision no longer stood under the head row");

    /// <summary>A trace's span of one batch, when somebody listens.</summary>
    internal static Activity? BatchSpan(int size) => Activities.StartActivity("lane.batch") is { } span ? span.SetTag("lane.batch.size", size) : null;

    internal static void Batch(int size, int waiting, TimeSpan took)
    {
        BatchSize.Record(size);
        BatchTime.Record(took.Ticks / TimeSpan.TicksPerMicrosecond);
        Depth.Record(waiting);
    }

    internal static void DecidedAgain() => Again.Add(1);
}
