using System.Globalization;
using System.Security.Claims;
using Ainalym.Contracts.Settlement;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ainalym.Settlement.Ledgers;

/// <summary>Routes under <c>/api/v1/wallet</c>: the caller's own organisation and no other.</summary>
public static class WalletEndpoints
{
    private const int Shown = 50;

    public static void MapWallet(this IEndpointRouteBuilder api)
    {
        var wallet = api.MapGroup("/wallet/{currency}").WithTags("Wallet").RequireAuthorization(Policies.SignedIn);
        wallet.MapGet("", Balances).WithName("GetWallet").WithSummary("What the organisation may use, what of its money is held, and what is on its way to its bank.");
        wallet.MapGet("/statement", Statement).WithName("GetStatement").WithSummary("Every posting, the latest first, with the balance after it.");
        wallet.MapGet("/holds", Holds).WithName("ListHolds").WithSummary("What money is held for.");
        wallet.MapGet("/statement.csv", Csv).WithName("DownloadStatement").WithSummary("The whole statement as CSV: UTF-8, decimal points, times in UTC.").Produces(StatusCodes.Status200OK, contentType: StatementCsv.ContentType);
    }

    private static async Task<Results<Ok<WalletAnswer>, Problem>> Balances(string currency, ClaimsPrincipal user, Wallets wallets, CancellationToken ct)
    {
        if (!Currency.TryParse(currency, out var of, out var refusal)) return Problems.From(refusal.About(nameof(currency)));
        var wallet = await wallets.Of(user.Organisation, of, ct);
        return TypedResults.Ok(new WalletAnswer(wallet.Available, wallet.Held, wallet.Outgoing, wallet.Owed));
    }

    private static async Task<Results<Ok<PageOf<StatementLine>>, Problem>> Statement(string currency, ClaimsPrincipal user, Wallets wallets, CancellationToken ct, Cursor? after = null)
    {
        if (!Currency.TryParse(currency, out var of, out var refusal)) return Problems.From(refusal.About(nameof(currency)));
        var from = after?.At ?? (await wallets.Of(user.Organisation, of, ct)).Last;
        var part = await wallets.Statement(user.Organisation, of, from, Shown, ct);
        return TypedResults.Ok(new PageOf<StatementLine>([.. part.Lines.Select(line => StatementLine.From(line, of))], part.Next == 0 ? null : new Cursor(part.Next, "").ToString()));
    }

    private static async Task<Results<Ok<PageOf<HoldLine>>, Problem>> Holds(string currency, ClaimsPrincipal user, Wallets wallets, CancellationToken ct, Cursor? after = null)
    {
        if (!Currency.TryParse(currency, out var of, out var refusal)) return Problems.From(refusal.About(nameof(currency)));
        var page = PageOf<HoldRow>.From(await wallets.Holds(user.Organisation, of, after?.Id ?? "", Shown + 1, ct), Shown, hold => new Cursor(hold.HeldAtMs, hold.Transfer));
        return TypedResults.Ok(new PageOf<HoldLine>([.. page.Items.Select(hold => HoldLine.From(hold, of))], page.Next));
    }

    private static Results<PushStreamHttpResult, Problem> Csv(string currency, ClaimsPrincipal user, Wallets wallets, CancellationToken ct) =>
        Currency.TryParse(currency, out var of, out var refusal) ? StatementCsv.Of(wallets, user.Organisation, of, ct) : Problems.From(refusal.About(nameof(currency)));
}

/// <param name="Owed">To the house, as a rail took back what was paid in; nothing is paid out before.</param>
public sealed record WalletAnswer(Money Available, Money Held, Money Outgoing, Money Owed);

/// <param name="Amount">What came in is positive.</param>
/// <param name="Balance">After it; what is held is still in it.</param>
/// <param name="With">What kind of account stands on the other side.</param>
public sealed record StatementLine(string Transfer, DateTimeOffset At, TransferPurpose Purpose, string Reference, AccountKind With, Money Amount, Money Balance)
{
    internal static StatementLine From(PostingRow row, Currency currency) => new(
        row.Transfer, DateTimeOffset.FromUnixTimeMilliseconds(row.AtMs), KebabCase.Parse<TransferPurpose>(row.Purpose), row.Reference, TextValue.Parse<AccountId>(row.Other).Kind,
        new Money(row.AmountMinor, currency), new Money(row.BalanceMinor, currency));
}

/// <param name="ExpiresAt">When it is let go by itself; null: it has no clock of its own.</param>
public sealed record HoldLine(string Transfer, DateTimeOffset HeldAt, TransferPurpose Purpose, string Reference, Money Amount, DateTimeOffset? ExpiresAt)
{
    internal static HoldLine From(HoldRow row, Currency currency) => new(
        row.Transfer, DateTimeOffset.FromUnixTimeMilliseconds(row.HeldAtMs), KebabCase.Parse<TransferPurpose>(row.Purpose), row.Reference, new Money(row.AmountMinor, currency),
        row.ExpiresAtMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null);
}

/// <summary>A statement for spreadsheets, written as it is read, however long it is.</summary>
public static class StatementCsv
{
    public const string ContentType = "text/csv";

    public static PushStreamHttpResult Of(Wallets wallets, Guid organisation, Currency currency, CancellationToken ct) => TypedResults.Stream(
        async stream =>
        {
            await using var text = new StreamWriter(stream, leaveOpen: true) { NewLine = "\r\n" };
            await text.WriteLineAsync("at,transfer,purpose,reference,with,amount,balance,currency");
            // No field can hold a comma, a quote or a formula: names, ids and numbers of the house's own.
            await foreach (var line in wallets.WholeStatement(organisation, currency, ct))
            {
                var (amount, balance) = (new Money(line.AmountMinor, currency).Amount, new Money(line.BalanceMinor, currency).Amount);
                var at = DateTimeOffset.FromUnixTimeMilliseconds(line.AtMs).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
                await text.WriteLineAsync($"{at},{line.Transfer},{line.Purpose},{line.Reference},{KebabCase.Name(TextValue.Parse<AccountId>(line.Other).Kind)},{amount},{balance},{currency.Code}");
            }
        },
        ContentType,
        $"statement-{currency.Code}.csv");
}
