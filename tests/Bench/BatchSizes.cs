using System.Diagnostics.Metrics;
using Ainalym.Journal;

namespace Ainalym.Bench;

/// <summary>Listens to the lane's own meter: how many entries a batch carried.</summary>
public sealed class BatchSizes : IDisposable
{
    private readonly MeterListener listener = new();
    private long entries;
    private long batches;

    public BatchSizes()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == JournalMeters.Name && instrument.Name == "lane.batch.size") listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((_, size, _, _) =>
        {
            entries += size;
            batches++;
        });
        listener.Start();
    }

    public double Mean => batches == 0 ? 0 : (double)entries / batches;

    public void Dispose() => listener.Dispose();
}
