using Ainalym.Contracts.CodeLists;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market;
using Ainalym.Market.Lots;
using Ainalym.Market.Prices;

namespace Ainalym.Front.Pages;

/// <summary>What lots were sold for.</summary>
internal static class PricePages
{
    private const int LotsShown = 12;

    public static void MapPricePages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/prices", Show).AllowAnonymous();
        pages.MapGet("/prices/{grade}", OfGrade).AllowAnonymous();
    }

    private static async Task<IResult> Show(MarketFigures figures, CancellationToken ct) => Page.Of<PricesPage>(new { Grades = await figures.ByGrade(ct) });

    private static async Task<IResult> OfGrade(
        string grade, PriceQueries prices, MarketFigures figures, CodeLists codes, TimeProvider time, CancellationToken ct, string? step = null, string? region = null, Cursor? after = null)
    {
        if (!GradeCode.TryParse(grade, out var code, out _) || codes.Find(code, FactText.DayOf(time.GetUtcNow())) is null) return ProblemPage.Of(Problems.From(RequestRefusal.NotFound));
        var inRegion = LotPages.RegionOf(region);
        var by = Named<PriceStep>.ParseOptional(step) ?? PriceStep.Month;
        var periods = PricePeriods.UpTo(time.GetUtcNow(), by);
        var page = PageOf<LotRow>.From(await prices.Lately(code, after, LotsShown + 1, ct), LotsShown, lot => new Cursor(lot.EndedAtMs!.Value, lot.LotId));
        return Page.Of<GradePricesPage>(new
        {
            Grade = code.ToString(),
            Step = KebabCase.Name(by),
            Region = inRegion?.Code,
            Periods = periods,
            Sales = await figures.History(code, inRegion, periods, ct),
            Lots = page.Items,
            page.Next,
        });
    }
}
