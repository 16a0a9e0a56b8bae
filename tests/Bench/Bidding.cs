using System.Diagnostics;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Lots;

namespace Ainalym.Bench;

/// <summary>Bidders that bid without pause, each waiting for its answer before it bids again.</summary>
public sealed class Bidding(Func<int, PlaceBid, Caller, Task<bool>> place)
{
    public sealed record Result(long Accepted, long Refused, TimeSpan Took, Times Times)
    {
        public double PerSecond => Accepted / Took.TotalSeconds;
    }

    public static Bidding Through(House house) => new(async (lot, bid, caller) =>
        (await house.Grains.Handle(LotGrain.Kind, LotIds[lot], bid, caller)).Refusal is null);

    private static readonly string[] LotIds = [.. Enumerable.Range(0, 1_000).Select(n => Ground.Id("lot", n).ToString("N"))];

    /// <param name="lots">Bidders go round these.</param>
    public async Task<Result> Run(int bidders, int lots, TimeSpan warmUp, TimeSpan measured, int firstBidder = 0)
    {
        var start = Stopwatch.GetTimestamp();
        var from = start + (long)(warmUp.TotalSeconds * Stopwatch.Frequency);
        var until = from + (long)(measured.TotalSeconds * Stopwatch.Frequency);
        var all = await Task.WhenAll(Enumerable.Range(firstBidder, bidders).Select(bidder => Task.Run(() => Bid(bidder, bidders, lots, from, until))));
        var ticks = new List<long>(all.Sum(one => one.Ticks.Count));
        foreach (var one in all) ticks.AddRange(one.Ticks);
        return new(ticks.Count, all.Sum(one => one.Refused), measured, Times.Of(ticks));
    }

    private async Task<(List<long> Ticks, long Refused)> Bid(int bidder, int bidders, int lots, long from, long until)
    {
        var id = Ground.Id("bidder", bidder);
        var caller = new Caller(Ground.Id("user", bidder + 1), id, Roles.Buyer);
        var ticks = new List<long>(4_096);
        var refused = 0L;
        for (var n = bidder; ; n += bidders + 1)
        {
            var before = Stopwatch.GetTimestamp();
            if (before >= until) return (ticks, refused);
            var accepted = await place(n % lots, new PlaceBid(CommandIds.New(TimeProvider.System), id, Ground.Higher()), caller);
            var after = Stopwatch.GetTimestamp();
            if (after < from || after >= until) continue;
            if (accepted) ticks.Add(after - before);
            else refused++;
        }
    }
}
