using System.Globalization;
using System.Security.Claims;
using Ainalym.Front.Papers;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Settlement.Documents;
using Ainalym.Settlement.Ledgers;
using Microsoft.AspNetCore.Mvc;

namespace Ainalym.Front.Pages;

/// <summary>Documents: an organisation's own, each as a page to print and as a PDF; and the public page that says whether one is genuine.</summary>
internal static class DocumentPages
{
    public static void MapDocumentPages(this IEndpointRouteBuilder pages)
    {
        var documents = pages.MapGroup("/documents").RequireAuthorization(Policies.SignedIn);
        documents.MapGet("", List);
        documents.MapGet("/{id:guid}", Show);
        documents.MapGet("/{id:guid}/pdf", Pdf);
        pages.MapPost("/my/wallet/invoices", Invoice).RequireAuthorization(Policies.SignedIn);
        pages.MapGet("/check/{code}", Check).AllowAnonymous();
        pages.MapGet("/document-series", Series).RequireAuthorization(Policies.Inspect);
        pages.MapPost("/document-series/{series}/{number:long}/replacement", Replace).RequireAuthorization(Policies.Operate);
        pages.MapPost("/document-series/{series}/{number:long}/void", Void).RequireAuthorization(Policies.Operate);
    }

    private static async Task<IResult> List(ClaimsPrincipal user, DocumentQueries documents, CancellationToken ct, Cursor? after = null)
    {
        var page = await documents.Page(user.Organisation, after, ct);
        return Page.Of<DocumentsPage>(new { Documents = page.Items, page.Next, SeesSeries = user.Caller.Is(Roles.Operator | Roles.Regulator) });
    }

    private static async Task<IResult> Show(Guid id, ClaimsPrincipal user, DocumentQueries documents, LedgerQueries ledger, InvoiceQueries invoices, PaperShelf shelf, CancellationToken ct)
    {
        if (await documents.ReadableBy(user.Caller, id, ct) is not { } document) return ProblemPage.Of(Problems.From(RequestRefusal.NotFound));
        var hold = PaperContents.HoldOf(document.Content) is { } transfer ? await ledger.Transfer(document.Content.Total.Currency, transfer, ct) : null;
        return Page.Of<DocumentPage>(new { Document = document, shelf.HasPress, Hold = hold?.State, Invoice = document.Content.PaidBy?.Invoice is null ? null : await invoices.Of(id, ct) });
    }

    private static async Task<IResult> Pdf(Guid id, ClaimsPrincipal user, DocumentQueries documents, PaperShelf shelf, CancellationToken ct)
    {
        if (await documents.ReadableBy(user.Caller, id, ct) is not { } document) return ProblemPage.Of(Problems.From(RequestRefusal.NotFound));
        return await PaperEndpoints.File(document, shelf, ct) is { } file ? file : TypedResults.LocalRedirect($"/documents/{document.DocumentId}");
    }

    private static async Task<IResult> Check(string code, DocumentQueries documents, CancellationToken ct)
    {
        var document = await documents.Checked(code, ct);
        return Page.Of<CheckPage>(new { Document = document, Files = document is null ? [] : await documents.Files(document, ct) }, document is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK);
    }

    private static Task<IResult> Series(ClaimsPrincipal user, DocumentQueries documents, TimeProvider time, CancellationToken ct, string? series = null, Cursor? after = null, string? done = null) =>
        ShowSeries(series ?? DocumentSeriesNames.Of(DocumentKind.Contract, time.GetUtcNow()), user, documents, after, done is not null, [], ct);

    private static async Task<IResult> ShowSeries(
        string series, ClaimsPrincipal user, DocumentQueries documents, Cursor? after, bool done, IReadOnlyList<Refusal> problems, CancellationToken ct)
    {
        if (!DocumentSeriesNames.Is(series)) return ProblemPage.Of(Problems.From(RequestRefusal.NotFound));
        var page = await documents.Page(series, after, ct);
        return Page.Of<DocumentSeriesPage>(
            new { Series = series, Numbers = page.Items, page.Next, MayVoid = user.Caller.Is(Roles.Operator), Done = done, Problems = problems }, problems.Count == 0 ? StatusCodes.Status200OK : Problems.StatusOf(problems));
    }

    private static async Task<IResult> Replace(
        string series, long number, [FromForm(Name = "command_id")] Guid id, ClaimsPrincipal user, DocumentQueries documents, DocumentDesk desk, PartiesToday named, CancellationToken ct)
    {
        if (!DocumentSeriesNames.Is(series)) return ProblemPage.Of(Problems.From(RequestRefusal.NotFound));
        var receipt = await desk.Replace(series, number, id, named, user.Caller, ct);
        return receipt.Refusals.Count > 0 ? await ShowSeries(series, user, documents, after: null, done: false, receipt.Refusals, ct) : TypedResults.LocalRedirect($"/document-series?series={series}&done=1");
    }

    private static async Task<IResult> Void(
        string series, long number, [FromForm] string? reason, [FromForm(Name = "command_id")] Guid id, ClaimsPrincipal user, DocumentQueries documents, DocumentDesk desk, CancellationToken ct)
    {
        if (!DocumentSeriesNames.Is(series)) return ProblemPage.Of(Problems.From(RequestRefusal.NotFound));
        var receipt = await desk.Void(series, new VoidNumber(id, number, reason ?? ""), user.Caller, ct);
        return receipt.Refusals.Count > 0 ? await ShowSeries(series, user, documents, after: null, done: false, receipt.Refusals, ct) : TypedResults.LocalRedirect($"/document-series?series={series}&done=1");
    }

    private static async Task<IResult> Invoice(
        [FromForm] string? amount, [FromForm] string? currency, [FromForm(Name = "command_id")] Guid id, ClaimsPrincipal user, TopUpInvoices invoices, CancellationToken ct)
    {
        // Who has typed a currency means that one.
        var typed = amount?.Any(letter => char.IsLetter(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.CurrencySymbol) == true ? amount : $"{amount} {currency}";
        if (!Money.TryParse(typed, out var money, out var malformed)) return ProblemPage.Of(Problems.From(malformed.About(nameof(amount))));
        var made = await invoices.Issue(id, user.Organisation, money, ct);
        return made.Refusal is { } refusal ? ProblemPage.Of(Problems.From(refusal)) : TypedResults.LocalRedirect($"/documents/{made.Document:N}");
    }
}
