using Microsoft.Extensions.Caching.Memory;

namespace Ainalym.Market.Prices;

/// <summary>Figures of the whole floor, worked out once for all who ask within a while.</summary>
public sealed class MarketFigures(PriceQueries prices, IMemoryCache cache, TimeProvider time)
{
    /// <summary>On sale now; sold in the last 30 days. At most two seconds old.</summary>
    public Task<MarketTotals> Totals(CancellationToken ct) => Kept(nameof(Totals), TimeSpan.FromSeconds(2), () => prices.Totals(time.GetUtcNow().AddDays(-30), CancellationToken.None), ct);

    /// <summary>What each grade was sold for in the last 90 days. At most a minute old.</summary>
    public Task<IReadOnlyList<GradeSales>> ByGrade(CancellationToken ct) => Kept(nameof(ByGrade), TimeSpan.FromMinutes(1), () => prices.ByGrade(time.GetUtcNow().AddDays(-90), CancellationToken.None), ct);

    /// <summary>Many who ask at once wait for the same answer; nobody's leaving spoils it for the others.</summary>
    private Task<T> Kept<T>(string name, TimeSpan good, Func<Task<T>> make, CancellationToken ct) => cache.GetOrCreate((typeof(MarketFigures), name), entry =>
    {
        entry.AbsoluteExpirationRelativeToNow = good;
        return new Lazy<Task<T>>(make);
    })!.Value.WaitAsync(ct);
}
