using System.Diagnostics.Metrics;
using Ainalym.Journal;

namespace Ainalym.Market.Lots;

/// <summary>How much is bid; the meter is called <c>Ainalym.Market</c>.</summary>
internal static class LotMeters
{
    private static readonly Meter Meter = new("Ainalym.Market");
    private static readonly Counter<long> Bids = Meter.CreateCounter<long>("lot.bids", "{bid}", "Bids answered, by outcome: accepted, repeated, or the refusal's name");

    public static void Bid(Receipt<LotEvent> receipt) =>
        Bids.Add(1, new KeyValuePair<string, object?>("outcome", receipt.Refusal?.Name ?? (receipt.Repeated ? "repeated" : "accepted")));
}
