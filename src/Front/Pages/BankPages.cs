using System.Globalization;
using System.Security.Claims;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Settlement.Banking;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Payouts;
using Ainalym.Settlement.Rails;
using Microsoft.AspNetCore.Mvc;

namespace Ainalym.Front.Pages;

/// <summary>The operator's desk for the bank: statements, what nobody knows, and whether the balances agree.</summary>
internal static class BankPages
{
    public static void MapBankPages(this IEndpointRouteBuilder pages)
    {
        var bank = pages.MapGroup("/operator/bank").RequireAuthorization(Policies.Operate);
        bank.MapGet("", (BankDesk desk, CancellationToken ct, string? done = null, string? list = null, Cursor? after = null) => desk.Shown(done is "done" ? done : null, from: list is null || after is null ? null : (list, after.Value), ct: ct));
        bank.MapPost("/statements", Take).WithMetadata(new RequestSizeLimitAttribute(BankEndpoints.LargestStatement), new RequestFormLimitsAttribute { MultipartBodyLengthLimit = BankEndpoints.LargestStatement });
        bank.MapPost("/payment-files/{account}", MakeFile);
        bank.MapGet("/payment-files/{account}/{number:long}", File);
        bank.MapPost("/payouts/{payoutId:guid}/failure", Fail);
        bank.MapPost("/entries/{entryId}/assignment", (string entryId, [FromForm] string? bin, [FromForm(Name = "command_id")] Guid id, ClaimsPrincipal user, EntryDesk desk, BankDesk shown, CancellationToken ct) =>
            Bin.TryParse(bin, out var of, out var malformed) ? shown.Done(desk.Assign(entryId, id, of, user.Caller, ct), entryId, ct) : shown.Shown(problems: [malformed.About("bin")], about: entryId, ct: ct));
        bank.MapPost("/entries/{entryId}/return", (string entryId, [FromForm] string? reason, [FromForm(Name = "command_id")] Guid id, ClaimsPrincipal user, EntryDesk desk, BankDesk shown, CancellationToken ct) =>
            shown.Done(desk.Return(entryId, new ReturnEntry(id, reason ?? ""), user.Caller, ct), entryId, ct));
        bank.MapPost("/entries/{entryId}/return-failure", (string entryId, [FromForm] string? reason, [FromForm(Name = "command_id")] Guid id, ClaimsPrincipal user, EntryDesk desk, BankDesk shown, CancellationToken ct) =>
            shown.Done(desk.FailReturn(entryId, new FailReturn(id, reason ?? ""), user.Caller, ct), entryId, ct));
        bank.MapPost("/entries/{entryId}/return-taken-back", (string entryId, [FromForm(Name = "command_id")] Guid id, ClaimsPrincipal user, EntryDesk desk, BankDesk shown, CancellationToken ct) =>
            shown.Done(desk.TakeBack(entryId, id, user.Caller, ct), entryId, ct));
        bank.MapPost("/entries/{entryId}/payout", (string entryId, [FromForm(Name = "payout_id")] string? payout, [FromForm(Name = "command_id")] Guid id, ClaimsPrincipal user, EntryDesk desk, BankDesk shown, CancellationToken ct) =>
            Guid.TryParse(payout, out var of) ? shown.Done(desk.Explain(entryId, id, of, user.Caller, ct), entryId, ct) : shown.Shown(problems: [new Refusal(EntryRefusal.PayoutUnknown, payout ?? "").About("payout_id")], about: entryId, ct: ct));
        bank.MapPost("/entries/{entryId}/charge", (string entryId, [FromForm(Name = "command_id")] Guid id, ClaimsPrincipal user, EntryDesk desk, BankDesk shown, CancellationToken ct) =>
            shown.Done(desk.Send(entryId, new ChargeEntry(id), user.Caller, ct), entryId, ct));
    }

    private static async Task<IResult> MakeFile(string account, [FromForm(Name = "command_id")] Guid id, ClaimsPrincipal user, PayoutDesk payouts, BankDesk desk, CancellationToken ct)
    {
        if (!Iban.TryParse(account, out var of, out var malformed)) return await desk.Shown(problems: [malformed], ct: ct);
        var receipt = await payouts.MakeFile(of, id, user.Caller, ct);
        return receipt.Refusals.Count > 0 ? await desk.Shown(problems: receipt.Refusals, ct: ct) : TypedResults.LocalRedirect("/operator/bank?done=done");
    }

    private static async Task<IResult> File(string account, long number, PayoutDesk payouts, CancellationToken ct) => await payouts.File(account, number, ct) is { } bytes
        ? TypedResults.File(bytes, PaymentFile.ContentType, string.Create(CultureInfo.InvariantCulture, $"payments-{number:D6}.xml"))
        : ProblemPage.Of(Problems.From(RequestRefusal.NotFound));

    private static async Task<IResult> Fail(Guid payoutId, [FromForm] string? reason, [FromForm(Name = "command_id")] Guid id, ClaimsPrincipal user, PayoutDesk payouts, BankDesk desk, CancellationToken ct)
    {
        var receipt = await payouts.Fail(payoutId, new FailPayout(id, reason ?? ""), user.Caller, ct);
        return receipt.Refusals.Count > 0 ? await desk.Shown(problems: receipt.Refusals, about: payoutId.ToString("N"), ct: ct) : TypedResults.LocalRedirect("/operator/bank?done=done");
    }

    private static async Task<IResult> Take(IFormFile? statement, StatementImport import, BankDesk desk, CancellationToken ct)
    {
        if (statement is null || statement.Length == 0) return await desk.Shown(problems: [new Refusal(RequestRefusal.Malformed).About("statement")], ct: ct);
        try
        {
            await using var file = statement.OpenReadStream();
            return await desk.Shown(result: await import.Take(file, progress: null, ct), ct: ct);
        }
        catch (StatementException error)
        {
            return await desk.Shown(problems: [error.Refusal.About("statement")], ct: ct);
        }
    }
}

/// <summary>What the bank says of one currency, and what the ledger says.</summary>
public sealed record BankBalance(Currency Currency, Reconciled Reconciled, IReadOnlyList<StatementRow> Statements);

/// <summary>Gathers what the desk shows.</summary>
internal sealed class BankDesk(EntryQueries entries, PayoutQueries payouts, Reconciliation reconciliation, HouseAccounts accounts)
{
    private const int Listed = 50, StatementsListed = 20;

    /// <param name="about">The entry whose form was refused.</param>
    /// <param name="from">Which of the lists goes on, and after what; all others begin.</param>
    public async Task<IResult> Shown(
        string? done = null, IReadOnlyList<Refusal>? problems = null, string? about = null, ImportResult? result = null, (string List, Cursor After)? from = null, CancellationToken ct = default)
    {
        return Page.Of<BankPage>(
            new
            {
                Accounts = accounts.All,
                Balances = await Balances(),
                Unmatched = await Entries(EntryStanding.Unmatched),
                Unexplained = await Entries(EntryStanding.Unexplained),
                Returning = await Entries(EntryStanding.Returning),
                Waiting = await payouts.Waiting(ct),
                Files = PageOf<PaymentFileRow>.From(await payouts.Files(After("files"), StatementsListed + 1, ct), StatementsListed, PayoutQueries.After),
                Filed = PageOf<PayoutRow>.From(await payouts.Standing(PayoutStanding.Filed, After("filed")?.Id ?? "", Listed + 1, ct), Listed, payout => new Cursor(0, payout.PayoutId)),
                Result = result,
                Done = done,
                About = about,
                Problems = problems ?? [],
            },
            problems is null ? StatusCodes.Status200OK : Problems.StatusOf(problems));

        // And the tenge, in which there may be something from before.
        async Task<IReadOnlyList<BankBalance>> Balances()
        {
            var balances = new List<BankBalance>();
            foreach (var currency in accounts.Currencies)
                balances.Add(new(currency, await reconciliation.Of(currency, ct), await entries.Statements(currency, StatementsListed, ct)));
            return balances;
        }

        Cursor? After(string list) => from is { } on && on.List == list ? on.After : null;

        async Task<PageOf<EntryRow>> Entries(EntryStanding standing) =>
            PageOf<EntryRow>.From(await entries.Standing(standing, After(KebabCase.Name(standing))?.Id ?? "", Listed + 1, ct), Listed, entry => new Cursor(0, entry.EntryId));
    }

    public async Task<IResult> Done<TEvent>(Task<Receipt<TEvent>> sent, string entryId, CancellationToken ct)
        where TEvent : class
    {
        var receipt = await sent;
        return receipt.Refusals.Count > 0 ? await Shown(problems: receipt.Refusals, about: entryId, ct: ct) : TypedResults.LocalRedirect("/operator/bank?done=done");
    }
}
