using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market.Lots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ainalym.Market.Prices;

/// <summary>Routes under <c>/api/v1/prices</c> and <c>/api/v1/totals</c>.</summary>
public static class PriceEndpoints
{
    public static void MapPrices(this IEndpointRouteBuilder api)
    {
        var prices = api.MapGroup("").WithTags("Prices");
        prices.MapGet("/totals", Totals).WithName("GetTotals").WithSummary("What is on sale now and what was sold in the last 30 days; at most two seconds old.").AllowAnonymous();
        prices.MapGet("/prices", ByGrade).WithName("ListPrices").WithSummary("What each grade was sold for in the last 90 days: deals settled between independent parties, five at least.").AllowAnonymous();
        prices.MapGet("/prices/{grade}", History).WithName("GetPriceHistory").WithSummary("What a grade was sold for by day, week or month, in a region or everywhere; periods with fewer than five settled deals of independent parties are left out.").AllowAnonymous();
    }

    private static async Task<Ok<TotalsAnswer>> Totals(MarketFigures figures, CancellationToken ct) => TypedResults.Ok(TotalsAnswer.From(await figures.Totals(ct)));

    private static async Task<Ok<PricesAnswer>> ByGrade(MarketFigures figures, CancellationToken ct) =>
        TypedResults.Ok(new PricesAnswer([.. (await figures.ByGrade(ct)).Select(sales => new GradePrice(sales.Grade, PriceSpread.From(sales.Sold)))]));

    private static async Task<Results<Ok<PriceHistoryAnswer>, Problem>> History(string grade, MarketFigures figures, TimeProvider time, CancellationToken ct, Named<PriceStep>? step = null, string? region = null)
    {
        if (!GradeCode.TryParse(grade, out var code, out var refusal)) return Problems.From(refusal.About(nameof(grade)));
        Region? inRegion = null;
        if (region is not null)
            if (!Region.TryParse(region, out var there, out refusal)) return Problems.From(refusal.About(nameof(region)));
            else inRegion = there;

        var periods = PricePeriods.UpTo(time.GetUtcNow(), step?.Value ?? PriceStep.Month);
        var sales = await figures.History(code, inRegion, periods, ct);
        return TypedResults.Ok(new PriceHistoryAnswer(code.ToString(), inRegion?.Code, [.. sales.Select(period => new PeriodPrice(periods.Starts[period.Period], PriceSpread.From(period.Sold)))]));
    }
}

/// <summary>What was sold and between which prices.</summary>
/// <param name="Deals">Settled between independent parties; five at least.</param>
/// <param name="Median">Half of the deals went for no more; each deal counts once.</param>
public sealed record PriceSpread(long Deals, string MassKg, string Lowest, string Median, string Highest)
{
    internal static PriceSpread From(Sales sales) =>
        new(sales.Deals, Mass.FromGrams(sales.Grams).ToString(), Tenge(sales.LowestMinor), Tenge(sales.MedianMinor), Tenge(sales.HighestMinor));

    private static string Tenge(long minor) => PricePerTonne.From(minor, Currency.Kzt).ToString();
}

/// <summary>A grade's prices of the last 90 days.</summary>
public sealed record GradePrice(string Grade, PriceSpread Sold);

public sealed record PricesAnswer(IReadOnlyList<GradePrice> Grades);

/// <param name="From">The period's first day in Kazakhstan.</param>
public sealed record PeriodPrice(DateOnly From, PriceSpread Sold);

/// <param name="Region">KATO; null for the whole country.</param>
public sealed record PriceHistoryAnswer(string Grade, string? Region, IReadOnlyList<PeriodPrice> Periods);

/// <param name="SoldLots">In the last 30 days, for tenge.</param>
public sealed record TotalsAnswer(long OpenLots, string OpenMassKg, long SoldLots, string SoldMassKg, string SoldAmount)
{
    internal static TotalsAnswer From(MarketTotals totals) => new(
        totals.OpenLots, Mass.FromGrams(totals.OpenGrams).ToString(), totals.SoldLots, Mass.FromGrams(totals.SoldGrams).ToString(), new Money(totals.SoldMinor, Currency.Kzt).ToString());
}
