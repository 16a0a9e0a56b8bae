using Ainalym.Kernel;
using Microsoft.Extensions.Caching.Memory;

namespace Ainalym.Market.Prices;

/// <summary>
/// Figures of the whole floor, worked out once for all who ask within a while. Prices are those of settled deals between organisations that do not belong together, and of no fewer than
/// <see cref="Sales.LeastDeals"/> of them.
/// </summary>
public sealed class MarketFigures(PriceQueries prices, RecordedHeads heads, IMemoryCache cache, TimeProvider time)
{
    /// <summary>Prices of so many deals, the latest, say what there is to say.</summary>
    private const int DealsRead = 50_000;

    /// <summary>On sale now; sold in the last 30 days. At most two seconds old.</summary>
    public Task<MarketTotals> Totals(CancellationToken ct) => Kept(nameof(Totals), TimeSpan.FromSeconds(2), () => prices.Totals(time.GetUtcNow().AddDays(-30), CancellationToken.None), ct);

    /// <summary>What each grade was sold for in the last 90 days. At most a minute old.</summary>
    public Task<IReadOnlyList<GradeSales>> ByGrade(CancellationToken ct) => Kept<IReadOnlyList<GradeSales>>(nameof(ByGrade), TimeSpan.FromMinutes(1), async () =>
    {
        var deals = await Independent(time.GetUtcNow().AddDays(-90), grade: null, region: null);
        return [.. deals.GroupBy(deal => TextValue.Parse<GradeCode>(deal.Grade)).Select(grade => (grade.Key, Sold: Sales.Of([.. grade]))).Where(grade => grade.Sold is not null).Select(grade => new GradeSales(grade.Key.ToString(), grade.Sold!))];
    }, ct);

    /// <summary>One grade in each of the periods in which enough was sold, oldest first. At most a minute old.</summary>
    /// <param name="region">Where the lots lay; null for the whole country.</param>
    public Task<IReadOnlyList<PeriodSales>> History(GradeCode grade, Region? region, PricePeriods periods, CancellationToken ct) =>
        Kept<IReadOnlyList<PeriodSales>>((grade.Folded, region?.Code, periods.Starts[0], periods.Starts.Count), TimeSpan.FromMinutes(1), async () =>
        {
            var starts = periods.StartsMs.ToList();
            var deals = await Independent(DateTimeOffset.FromUnixTimeMilliseconds(starts[0]), grade, region);
            return
            [
                .. deals.GroupBy(deal => starts.FindLastIndex(start => start <= deal.AtMs)).OrderBy(period => period.Key)
                    .Select(period => (period.Key, Sold: Sales.Of([.. period]))).Where(period => period.Sold is not null).Select(period => new PeriodSales(period.Key, period.Sold!)),
            ];
        }, ct);

    private async Task<IEnumerable<SettledDeal>> Independent(DateTimeOffset since, GradeCode? grade, Region? region) =>
        Sales.Independent(await prices.Settled(since, grade, region, DealsRead, CancellationToken.None), await heads(CancellationToken.None));

    /// <summary>Many who ask at once wait for the same answer; nobody's leaving spoils it for the others.</summary>
    private Task<T> Kept<T>(object name, TimeSpan good, Func<Task<T>> make, CancellationToken ct) => cache.GetOrCreate((typeof(MarketFigures), name), entry =>
    {
        entry.AbsoluteExpirationRelativeToNow = good;
        return new Lazy<Task<T>>(make);
    })!.Value.WaitAsync(ct);
}
