using System.Security.Claims;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Settlement.Banking;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Ainalym.Settlement.Entries;

/// <summary>Routes under <c>/api/v1/bank</c>: the operator's.</summary>
public static class BankEndpoints
{
    /// <summary>Some two hundred thousand entries; a longer statement is taken in by the verb <c>import-statement</c>.</summary>
    public const long LargestStatement = 256L * 1024 * 1024;

    private const int Shown = 50;

    public static void MapBank(this IEndpointRouteBuilder api)
    {
        var bank = api.MapGroup("/bank").WithTags("Bank").RequireAuthorization(Policies.Operate);
        bank.MapPost("/statements", Take).WithName("TakeStatement").WithSummary("Take in a bank statement (camt.053). An entry told before changes nothing.")
            .WithMetadata(new RequestSizeLimitAttribute(LargestStatement), new RequestFormLimitsAttribute { MultipartBodyLengthLimit = LargestStatement }).DisableAntiforgery();
        bank.MapGet("/entries/{standing}", Entries).WithName("ListBankEntries").WithSummary("Entries of one standing.");
        bank.MapPost("/entries/{entryId}/assignment", Assign).WithName("AssignEntry").WithSummary("Say for whom an unmatched entry came in, or from whom an unexplained one was taken back.");
        bank.MapPost("/entries/{entryId}/return", Return).WithName("ReturnEntry").WithSummary("Have an unmatched entry sent back to its payer.");
        bank.MapPost("/entries/{entryId}/return/failure", FailReturn).WithName("FailReturn").WithSummary("The bank did not make a return: its entry is unmatched again.");
        bank.MapDelete("/entries/{entryId}/return", TakeBack).WithName("TakeBackReturn").WithSummary("Take back a return that no file to the bank has yet; its entry is unmatched again a moment later.");
        bank.MapPost("/entries/{entryId}/charge", Charge).WithName("ChargeEntry").WithSummary("An unexplained entry is what the bank takes for its work.");
        bank.MapPost("/entries/{entryId}/payout", Explain).WithName("ExplainEntry").WithSummary("An unexplained entry is the payment of a payout, or an unmatched one gives it back, though the bank did not say so.");
        bank.MapGet("/reconciliation/{currency}", Reconcile).WithName("GetReconciliation").WithSummary("The bank's balance by its latest statement against the ledger's, and what explains the difference.");
    }

    private static async Task<Results<Ok<ImportResult>, Problem>> Take(IFormFile statement, StatementImport import, CancellationToken ct)
    {
        try
        {
            await using var file = statement.OpenReadStream();
            return TypedResults.Ok(await import.Take(file, progress: null, ct));
        }
        catch (StatementException error)
        {
            return Problems.From(error.Refusal.About("statement"));
        }
    }

    private static async Task<Results<Ok<PageOf<EntryAnswer>>, Problem>> Entries(string standing, EntryQueries entries, CancellationToken ct, Cursor? after = null)
    {
        if (!KebabCase.TryParse<EntryStanding>(standing, out var of))
            return Problems.From(new Refusal(RequestRefusal.NotInList, string.Join(", ", Enum.GetValues<EntryStanding>().Select(KebabCase.Name))).About(nameof(standing)));
        var page = PageOf<EntryRow>.From(await entries.Standing(of, after?.Id ?? "", Shown + 1, ct), Shown, entry => new Cursor(0, entry.EntryId));
        return TypedResults.Ok(new PageOf<EntryAnswer>([.. page.Items.Select(EntryAnswer.From)], page.Next));
    }

    private static async Task<Results<Ok<EntryReceipt>, Problem>> Assign(string entryId, AssignRequest body, IdempotencyKey key, ClaimsPrincipal user, EntryDesk desk, CancellationToken ct) =>
        Bin.TryParse(body.Bin, out var bin, out var malformed) ? await Done(entryId, id => desk.Assign(id, key, bin, user.Caller, ct)) : Problems.From(malformed.About("bin"));

    private static Task<Results<Ok<EntryReceipt>, Problem>> Return(string entryId, ReturnRequest body, IdempotencyKey key, ClaimsPrincipal user, EntryDesk desk, CancellationToken ct) =>
        Done(entryId, id => desk.Return(id, new ReturnEntry(key, body.Reason), user.Caller, ct));

    private static Task<Results<Ok<EntryReceipt>, Problem>> FailReturn(string entryId, ReturnRequest body, IdempotencyKey key, ClaimsPrincipal user, EntryDesk desk, CancellationToken ct) =>
        Done(entryId, id => desk.FailReturn(id, new FailReturn(key, body.Reason), user.Caller, ct));

    private static Task<Results<Ok<EntryReceipt>, Problem>> TakeBack(string entryId, IdempotencyKey key, ClaimsPrincipal user, EntryDesk desk, CancellationToken ct) =>
        Done(entryId, id => desk.TakeBack(id, key, user.Caller, ct));

    private static Task<Results<Ok<EntryReceipt>, Problem>> Charge(string entryId, IdempotencyKey key, ClaimsPrincipal user, EntryDesk desk, CancellationToken ct) =>
        Done(entryId, id => desk.Send(id, new ChargeEntry(key), user.Caller, ct));

    private static Task<Results<Ok<EntryReceipt>, Problem>> Explain(string entryId, ExplainRequest body, IdempotencyKey key, ClaimsPrincipal user, EntryDesk desk, CancellationToken ct) =>
        Done(entryId, id => desk.Explain(id, key, body.PayoutId, user.Caller, ct));

    private static async Task<Results<Ok<ReconciliationAnswer>, Problem>> Reconcile(string currency, Reconciliation reconciliation, CancellationToken ct) => Currency.TryParse(currency, out var of, out var refusal)
        ? TypedResults.Ok(ReconciliationAnswer.From(await reconciliation.Of(of, ct)))
        : Problems.From(refusal.About(nameof(currency)));

    private static async Task<Results<Ok<EntryReceipt>, Problem>> Done<TEvent>(string entryId, Func<string, Task<Receipt<TEvent>>> send)
        where TEvent : class
    {
        if (!Guid.TryParseExact(entryId, "N", out _)) return Problems.From(EntryRefusal.EntryNotFound);
        var receipt = await send(entryId);
        return receipt.Refusals.Count > 0 ? Problems.From(receipt.Refusals) : TypedResults.Ok(new EntryReceipt(entryId, receipt.Version, receipt.Position));
    }
}

/// <param name="Bin">Twelve digits of a registered organisation.</param>
public sealed record AssignRequest(string Bin);

/// <param name="Reason">At most 500 characters; of a return, the payer reads it.</param>
public sealed record ReturnRequest(string Reason);

/// <param name="PayoutId">From the same account. For what went out: it waits for the bank, and is of the same amount. For what came in: the bank has got it, and no more came in than it is of.</param>
public sealed record ExplainRequest(Guid PayoutId);

public sealed record EntryReceipt(string EntryId, long Version, long Position);

/// <param name="EntryId">32 hex digits; what is sent back carries them as end-to-end id.</param>
/// <param name="Reference">The bank's own.</param>
/// <param name="Direction"><c>in</c> or <c>out</c>.</param>
/// <param name="Undoes">The reference of the movement that this takes back or gives back, where the rail says which.</param>
public sealed record EntryAnswer(
    string EntryId, string Account, string Reference, string Amount, string Direction, string Booked, string? PayerName, string? PayerAccount, string Remittance, string Standing, string? OrganisationId, string? Reason, string? Undoes)
{
    internal static EntryAnswer From(EntryRow row) => new(
        row.EntryId, row.Account, row.Reference, row.Amount.ToString(), row.IsCredit != 0 ? "in" : "out", row.Booked, row.PayerName, row.PayerAccount, row.Remittance, row.Standing, row.OrganisationId, row.Reason, row.Undoes);
}

/// <param name="Day">Of the latest statement.</param>
/// <param name="Difference">At the bank less in the ledger.</param>
/// <param name="Unaccounted">What neither the balance brought forward nor the unexplained entries account for.</param>
/// <param name="Lines">What that is made of, the first hundred of each cause.</param>
public sealed record ReconciliationAnswer(
    DateOnly? Day, string AtBank, string InLedger, string Difference, string BroughtForward, string Unexplained, string Unaccounted, IReadOnlyList<EntryAnswer> Entries, IReadOnlyList<DifferenceLine> Lines)
{
    internal static ReconciliationAnswer From(Reconciled of) => new(
        of.Day, of.AtBank.ToString(), of.InLedger.ToString(), of.Difference.ToString(), of.BroughtForward.ToString(), of.Unexplained.ToString(), of.Unaccounted.ToString(), [.. of.Waiting.Select(EntryAnswer.From)], of.Lines);
}
