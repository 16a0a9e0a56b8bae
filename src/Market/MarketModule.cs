using Ainalym.Journal;
using Ainalym.Market.Lots;

namespace Ainalym.Market;

/// <summary>The market: lots and how they are sold.</summary>
public static class MarketModule
{
    public static HouseModule Module { get; } = new("market", typeof(MarketModule).Assembly)
    {
        Kinds = [LotGrain.Kind],
        AfterOutage = (house, outage, ct) => new LotClocks(house.Grains, new LotQueries(house.Database)).FreezeAfter(outage, house.Clock.Now(), ct),
    };
}
