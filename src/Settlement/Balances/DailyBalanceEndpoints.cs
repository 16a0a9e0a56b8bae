using System.Globalization;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Settlement.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ainalym.Settlement.Balances;

/// <summary>Routes under <c>/api/v1/trial-balances</c>: public, as they name nobody.</summary>
public static class DailyBalanceEndpoints
{
    private const int Shown = 50;

    public static void MapDailyBalances(this IEndpointRouteBuilder api)
    {
        var balances = api.MapGroup("/trial-balances/{currency}").WithTags("Trial balances").AllowAnonymous();
        balances.MapGet("", List).WithName("ListTrialBalances").WithSummary("The signed trial balances of a ledger, one for each day of Kazakhstan, the latest first.");
        balances.MapGet("/{day}", One).WithName("GetTrialBalance").WithSummary("The signed trial balance of the end of a day: its figures, and the token (a compact JWS over exactly them) to check with the keys at /.well-known/jwks.json.");
    }

    private static async Task<Results<Ok<PageOf<SignedBalance>>, Problem>> List(string currency, DailyBalanceQueries balances, CancellationToken ct, Cursor? after = null)
    {
        if (!Currency.TryParse(currency, out var of, out var refusal)) return Problems.From(refusal.About(nameof(currency)));
        var page = PageOf<SignedBalanceRow>.From(await balances.Of(of, after?.Id, Shown + 1, ct), Shown, row => new Cursor(0, row.Day));
        return TypedResults.Ok(new PageOf<SignedBalance>([.. page.Items.Select(SignedBalance.From)], page.Next));
    }

    private static async Task<Results<Ok<SignedBalance>, Problem>> One(string currency, string day, DailyBalanceQueries balances, CancellationToken ct)
    {
        if (!Currency.TryParse(currency, out var of, out var refusal)) return Problems.From(refusal.About(nameof(currency)));
        if (!DateOnly.TryParseExact(day, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on)) return Problems.From(new Refusal(RequestRefusal.Malformed).About(nameof(day)));
        return await balances.On(of, on, ct) is { } row ? TypedResults.Ok(SignedBalance.From(row)) : Problems.From(RequestRefusal.NotFound);
    }
}

/// <param name="Figures">The token's payload.</param>
/// <param name="Token">A compact JWS; its header names the key.</param>
public sealed record SignedBalance(BalanceFigures Figures, DateTimeOffset SignedAt, string Token)
{
    public static SignedBalance From(SignedBalanceRow row) => new(
        BalanceFigures.Read(CompactJws.Read(row.Token)!.Value.Payload)!, DateTimeOffset.FromUnixTimeMilliseconds(row.AtMs), row.Token);
}
