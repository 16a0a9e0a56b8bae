using System.Security.Claims;
using Ainalym.Journal.Http;
using Ainalym.Market.Lots;
using Ainalym.Market.Prices;

namespace Ainalym.Front.Pages;

/// <summary>The landing page.</summary>
internal static class HomePages
{
    private const int LotsShown = 8;

    public static void MapHomePages(this IEndpointRouteBuilder pages) => pages.MapGet("/", Show).AllowAnonymous();

    private static async Task<IResult> Show(LotQueries lots, MarketFigures figures, ClaimsPrincipal user, CancellationToken ct) =>
        Page.Of<HomePage>(new { Totals = await figures.Totals(ct), Lots = await lots.Board(new BoardFilter(), BoardOrder.ClosingSoon, after: null, LotsShown, ct), SignedIn = user.CallerOrNull is not null });
}
