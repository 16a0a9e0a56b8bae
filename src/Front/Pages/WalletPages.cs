using System.Globalization;
using System.Security.Claims;
using Ainalym.Identity.Organisations;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Settlement.Balances;
using Ainalym.Settlement.Banking;
using Ainalym.Settlement.Ledgers;
using Ainalym.Settlement.Rails;

namespace Ainalym.Front.Pages;

/// <summary>An organisation's money: its own and nobody else's; and, for who oversees the house, the trial balance of all.</summary>
internal static class WalletPages
{
    private const int LinesShown = 30, HoldsShown = 50;

    public static void MapWalletPages(this IEndpointRouteBuilder pages)
    {
        var wallet = pages.MapGroup("/my/wallet").RequireAuthorization(Policies.SignedIn);
        wallet.MapGet("", Show);
        pages.MapGet("/trial-balance", TrialBalance).RequireAuthorization(Policies.Inspect);
        wallet.MapGet("/statement.csv", (ClaimsPrincipal user, Wallets wallets, CancellationToken ct, string? currency = null) =>
            Of(currency, out var of) is { } refusal ? ProblemPage.Of(Problems.From(refusal)) : (IResult)StatementCsv.Of(wallets, user.Organisation, of, ct));
    }

    /// <summary>Now, at the end of a day, or up to a position. A day means what the signed one means by it: up to the last batch that ended in it.</summary>
    private static async Task<IResult> TrialBalance(LedgerQueries ledgers, DailyBalanceQueries balances, CancellationToken ct, string? currency = null, string? day = null, string? position = null)
    {
        if (Of(currency, out var of) is { } refusal) return ProblemPage.Of(Problems.From(refusal));
        DateOnly? until = DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) && read < DateOnly.MaxValue ? read : null;
        long? last = long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        var unread = new List<Refusal>();
        if (!string.IsNullOrEmpty(day) && until is null) unread.Add(new Refusal(RequestRefusal.Malformed).About(nameof(day)));
        if (!string.IsNullOrEmpty(position) && (last is null || until is not null)) unread.Add(new Refusal(RequestRefusal.Malformed).About(nameof(position)));
        if (unread.Count > 0) return Page.Of<TrialBalancePage>(new { Of = of, Day = day, Position = position, Problems = unread }, StatusCodes.Status400BadRequest);
        var lines = await ledgers.TrialBalance(of, until is { } ended ? await balances.EndOf(ended, ct) : last, ct);
        return Page.Of<TrialBalancePage>(new { Lines = lines, Of = of, Day = day, Position = position });
    }

    /// <summary>The tenge where none is named.</summary>
    private static Refusal? Of(string? currency, out Currency of)
    {
        of = Currency.Kzt;
        return string.IsNullOrEmpty(currency) || Currency.TryParse(currency, out of, out var refusal) ? null : refusal.About(nameof(currency));
    }

    private static async Task<IResult> Show(ClaimsPrincipal user, Wallets wallets, OrganisationQueries organisations, HouseAccounts accounts, CancellationToken ct, string? currency = null, Cursor? after = null, Cursor? holds = null)
    {
        if (Of(currency, out var of) is { } refusal) return ProblemPage.Of(Problems.From(refusal));
        var own = await organisations.ById(user.Organisation, ct);
        var wallet = await wallets.Of(user.Organisation, of, ct);
        var part = await wallets.Statement(user.Organisation, of, after?.At ?? wallet.Last, LinesShown, ct);
        var held = PageOf<HoldRow>.From(await wallets.Holds(user.Organisation, of, holds?.Id ?? "", HoldsShown + 1, ct), HoldsShown, hold => new Cursor(hold.HeldAtMs, hold.Transfer));
        return Page.Of<WalletPage>(new
        {
            Wallet = wallet,
            Holds = held.Items,
            NextHolds = held.Next,
            part.Lines,
            PayInto = accounts.In(of),
            Others = accounts.Currencies.Where(other => other != of).ToList(),
            Reference = own is null ? null : (PaymentReference?)PaymentReference.For(own.Bin),
            Next = part.Next == 0 ? null : new Cursor(part.Next, "").ToString(),
        });
    }
}
