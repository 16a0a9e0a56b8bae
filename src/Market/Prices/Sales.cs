namespace Ainalym.Market.Prices;

/// <summary>A deal that was settled for tenge, as prices are worked out of it.</summary>
public sealed record SettledDeal
{
    public required string Grade { get; init; }
    public required string SellerId { get; init; }
    public required string BuyerId { get; init; }

    /// <summary>What a tonne was sold for, in tiyn.</summary>
    public required long PriceMinor { get; init; }

    /// <summary>As weighed at receipt.</summary>
    public required long NetG { get; init; }
    public required long AtMs { get; init; }
}

/// <summary>The head organisation of each that has one. Those of one head are affiliated, and the head with them.</summary>
public delegate Task<IReadOnlyDictionary<Guid, Guid>> RecordedHeads(CancellationToken ct);

/// <summary>Prices per tonne of settled deals, in tiyn; each deal counts once, however large.</summary>
/// <param name="Deals">At least <see cref="LeastDeals"/>.</param>
/// <param name="MedianMinor">Half of the deals went for no more; of an even number half-way between the two in the middle, rounded down to the tiyn.</param>
public sealed record Sales(long Deals, long Grams, long LowestMinor, long MedianMinor, long HighestMinor)
{
    /// <summary>Of fewer deals nothing is said: the parties could be told by their price.</summary>
    public const int LeastDeals = 5;

    /// <summary>What deals say of the market; null where they are too few, or where one organisation is a party to all of them and could make the price.</summary>
    public static Sales? Of(IReadOnlyCollection<SettledDeal> deals)
    {
        if (deals.Count < LeastDeals || IsOfOne(deals)) return null;
        var prices = deals.Select(deal => deal.PriceMinor).Order().ToList();
        var (lower, upper) = (prices[(prices.Count - 1) / 2], prices[prices.Count / 2]);
        return new(prices.Count, deals.Sum(deal => deal.NetG), prices[0], lower + ((upper - lower) / 2), prices[^1]);
    }

    private static bool IsOfOne(IReadOnlyCollection<SettledDeal> deals)
    {
        var first = deals.First();
        return new[] { first.SellerId, first.BuyerId }.Any(one => deals.All(deal => deal.SellerId == one || deal.BuyerId == one));
    }

    /// <summary>Deals of two that do not belong together, each party called by its head: what an organisation asks of its own is no price.</summary>
    public static IEnumerable<SettledDeal> Independent(IEnumerable<SettledDeal> deals, IReadOnlyDictionary<Guid, Guid> heads)
    {
        return deals.Select(deal => deal with { SellerId = Top(deal.SellerId), BuyerId = Top(deal.BuyerId) }).Where(deal => deal.SellerId != deal.BuyerId);

        string Top(string organisation)
        {
            var id = Guid.ParseExact(organisation, "N");
            return heads.GetValueOrDefault(id, id).ToString("N");
        }
    }
}

/// <summary>What a grade was sold for.</summary>
public sealed record GradeSales(string Grade, Sales Sold);

/// <summary>What a grade was sold for in one period.</summary>
/// <param name="Period">Counts the periods asked for from 0, the oldest.</param>
public sealed record PeriodSales(int Period, Sales Sold);

/// <summary>The floor in one row: what is on sale now, and what was sold for tenge of late.</summary>
public sealed record MarketTotals
{
    public required long OpenLots { get; init; }
    public required long OpenGrams { get; init; }
    public required long SoldLots { get; init; }
    public required long SoldGrams { get; init; }
    public required long SoldMinor { get; init; }
}
