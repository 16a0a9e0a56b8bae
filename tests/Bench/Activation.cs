using System.Diagnostics;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Lots;

namespace Ainalym.Bench;

/// <summary>How long a lot with a hundred thousand bids takes to come into memory, and what a lot costs that nobody looks at.</summary>
public static class Activation
{
    public static async Task<(Row Row, double BytesPerIdleLot)> Run(int bids, int idleLots)
    {
        await using var house = Ground.Open(Ground.Folder("activation"));
        await Ground.List(house, 0, 1);
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(bidder => Task.Run(() => Bid(house, bidder, bids / 1_000))));
        await house.CatchUp();

        var times = new List<long>();
        for (var n = 0; n < 30; n++)
        {
            house.DropIdleGrains(TimeSpan.Zero);
            var before = Stopwatch.GetTimestamp();
            var low = await house.Grains.Handle(LotGrain.Kind, Ground.Id("lot", 0), new PlaceBid(CommandIds.New(TimeProvider.System), Ground.Id("bidder", 5_000), PricePerTonne.From(1, Currency.Kzt)), CallerOf(5_000));
            if (low.Refusal is null) throw new InvalidOperationException("A bid under the least acceptable amount was accepted.");
            times.Add(Stopwatch.GetTimestamp() - before);
        }

        house.DropIdleGrains(TimeSpan.Zero);
        var empty = GC.GetTotalMemory(forceFullCollection: true);
        await Ground.List(house, 1, idleLots);
        house.DropIdleGrains(TimeSpan.Zero);
        var perLot = Math.Max(0, GC.GetTotalMemory(forceFullCollection: true) - empty) / (double)idleLots;
        var row = new Row("activation, a lot with 100k bids", 0, Times.Of(times), $"from its snapshot, with a refused bid; {idleLots:N0} idle lots cost {perLot:0} bytes each");
        return (row, perLot);
    }

    private static async Task Bid(House house, int bidder, int bids)
    {
        for (var n = 0; n < bids; n++)
        {
            Receipt<LotEvent> receipt;
            do receipt = await house.Grains.Handle(LotGrain.Kind, Ground.Id("lot", 0), new PlaceBid(CommandIds.New(TimeProvider.System), Ground.Id("bidder", bidder), Ground.Higher()), CallerOf(bidder));
            while (receipt.Refusal is not null);
        }
    }

    private static Caller CallerOf(int bidder) => new(Ground.Id("user", bidder + 1), Ground.Id("bidder", bidder), Roles.Buyer);
}
