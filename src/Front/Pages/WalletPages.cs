using System.Security.Claims;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Settlement.Ledgers;

namespace Ainalym.Front.Pages;

/// <summary>An organisation's money: its own and nobody else's.</summary>
internal static class WalletPages
{
    private const int LinesShown = 30, HoldsShown = 50;

    public static void MapWalletPages(this IEndpointRouteBuilder pages)
    {
        var wallet = pages.MapGroup("/my/wallet").RequireAuthorization(Policies.SignedIn);
        wallet.MapGet("", Show);
        wallet.MapGet("/statement.csv", (ClaimsPrincipal user, Wallets wallets, CancellationToken ct) => StatementCsv.Of(wallets, user.Organisation, Currency.Kzt, ct));
    }

    private static async Task<IResult> Show(ClaimsPrincipal user, Wallets wallets, CancellationToken ct, Cursor? after = null)
    {
        var wallet = await wallets.Of(user.Organisation, Currency.Kzt, ct);
        var part = await wallets.Statement(user.Organisation, Currency.Kzt, after?.At ?? wallet.Last, LinesShown, ct);
        return Page.Of<WalletPage>(new
        {
            Wallet = wallet,
            Holds = await wallets.Holds(user.Organisation, Currency.Kzt, "", HoldsShown, ct),
            part.Lines,
            Next = part.Next == 0 ? null : new Cursor(part.Next, "").ToString(),
        });
    }
}
