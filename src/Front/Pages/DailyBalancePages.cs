using System.Globalization;
using System.Text;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Settlement.Balances;

namespace Ainalym.Front.Pages;

/// <summary>What the house has signed, for everyone.</summary>
internal static class DailyBalancePages
{
    private const int DaysShown = 40;

    public static void MapDailyBalancePages(this IEndpointRouteBuilder pages)
    {
        var balances = pages.MapGroup("/trial-balances").AllowAnonymous();
        balances.MapGet("", List);
        balances.MapGet("/{currency}/{day}", One);
        balances.MapGet("/{currency}/{day}/token", Token);
    }

    private static async Task<IResult> List(DailyBalanceQueries balances, CancellationToken ct, string? currency = null, Cursor? after = null)
    {
        var of = Currency.Kzt;
        if (!string.IsNullOrEmpty(currency) && !Currency.TryParse(currency, out of, out var refusal)) return ProblemPage.Of(Problems.From(refusal.About(nameof(currency))));
        var page = PageOf<SignedBalanceRow>.From(await balances.Of(of, after?.Id, DaysShown + 1, ct), DaysShown, row => new Cursor(0, row.Day));
        return Page.Of<TrialBalancesPage>(new { Of = of, Days = page.Items, page.Next });
    }

    private static async Task<IResult> One(string currency, string day, DailyBalanceQueries balances, CancellationToken ct) => await Find(currency, day, balances, ct) is { } row
        ? Page.Of<SignedBalancePage>(new { Balance = SignedBalance.From(row), Row = row })
        : ProblemPage.Of(Problems.From(RequestRefusal.NotFound));

    private static async Task<IResult> Token(string currency, string day, DailyBalanceQueries balances, CancellationToken ct) => await Find(currency, day, balances, ct) is { } row
        ? TypedResults.File(Encoding.ASCII.GetBytes(row.Token + "\n"), "text/plain; charset=us-ascii", $"trial-balance-{row.Currency}-{row.Day}.jws")
        : ProblemPage.Of(Problems.From(RequestRefusal.NotFound));

    private static async Task<SignedBalanceRow?> Find(string currency, string day, DailyBalanceQueries balances, CancellationToken ct) =>
        Currency.TryParse(currency, out var of, out _) && DateOnly.TryParseExact(day, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) ? await balances.On(of, on, ct) : null;
}
