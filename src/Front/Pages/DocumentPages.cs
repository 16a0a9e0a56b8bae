using System.Globalization;
using System.Security.Claims;
using Ainalym.Front.Papers;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Settlement.Documents;
using Microsoft.AspNetCore.Mvc;

namespace Ainalym.Front.Pages;

/// <summary>Documents: an organisation's own, each as a page to print and as a PDF; and the public page that says whether one is genuine.</summary>
internal static class DocumentPages
{
    private const int Listed = 30;

    public static void MapDocumentPages(this IEndpointRouteBuilder pages)
    {
        var documents = pages.MapGroup("/documents").RequireAuthorization(Policies.SignedIn);
        documents.MapGet("", List);
        documents.MapGet("/{id:guid}", Show);
        documents.MapGet("/{id:guid}/pdf", Pdf);
        pages.MapPost("/my/wallet/invoices", Invoice).RequireAuthorization(Policies.SignedIn);
        pages.MapGet("/check/{code}", Check).AllowAnonymous();
    }

    private static async Task<IResult> List(ClaimsPrincipal user, DocumentQueries documents, CancellationToken ct, Cursor? after = null)
    {
        var page = PageOf<DocumentRow>.From(await documents.Of(user.Organisation, after?.At ?? long.MaxValue, after?.Id ?? "", Listed + 1, ct), Listed, row => new Cursor(row.AtMs, row.DocumentId));
        return Page.Of<DocumentsPage>(new { Documents = page.Items, page.Next });
    }

    private static async Task<IResult> Show(Guid id, ClaimsPrincipal user, DocumentQueries documents, PaperShelf shelf, CancellationToken ct) => await Own(id, user, documents, ct) is { } document
        ? Page.Of<DocumentPage>(new { Document = document, shelf.HasPress })
        : ProblemPage.Of(Problems.From(RequestRefusal.NotFound));

    private static async Task<IResult> Pdf(Guid id, ClaimsPrincipal user, DocumentQueries documents, PaperShelf shelf, CancellationToken ct)
    {
        if (await Own(id, user, documents, ct) is not { } document) return ProblemPage.Of(Problems.From(RequestRefusal.NotFound));
        return await shelf.Pdf(document, CultureInfo.CurrentUICulture, ct) is { } bytes
            ? TypedResults.File(bytes, "application/pdf", $"{document.FullNumber}.pdf")
            : TypedResults.LocalRedirect($"/documents/{document.DocumentId}");
    }

    private static async Task<IResult> Check(string code, DocumentQueries documents, CancellationToken ct)
    {
        var document = Guid.TryParseExact(code, "N", out var id) ? await documents.One(id, ct) : null;
        return Page.Of<CheckPage>(new { Document = document, Files = document is null ? [] : await documents.Files(document.DocumentId, ct) }, document is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK);
    }

    private static async Task<IResult> Invoice(
        [FromForm] string? amount, [FromForm(Name = "command_id")] Guid id, ClaimsPrincipal user, TopUpInvoices invoices, CancellationToken ct)
    {
        if (!Money.TryParse(amount, out var money, out var malformed)) return ProblemPage.Of(Problems.From(malformed.About(nameof(amount))));
        var made = await invoices.Issue(id, user.Organisation, money, ct);
        return made.Refusal is { } refusal ? ProblemPage.Of(Problems.From(refusal)) : TypedResults.LocalRedirect($"/documents/{made.Document:N}");
    }

    /// <summary>A document for who may read it: those it names, the operator, the regulator.</summary>
    private static async Task<DocumentRow?> Own(Guid id, ClaimsPrincipal user, DocumentQueries documents, CancellationToken ct) =>
        await documents.One(id, ct) is { } document && MayRead(document, user.Caller) ? document : null;

    public static bool MayRead(DocumentRow document, Caller caller) => caller.Is(Roles.Operator | Roles.Regulator) || document.Content.Parties.Any(party => party.Organisation == caller.Organisation);
}
