using System.Globalization;
using System.Security.Claims;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Settlement.Documents;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ainalym.Front.Papers;

/// <summary>Routes to what the front makes of documents: invoices for topping up, and PDF files.</summary>
internal static class PaperEndpoints
{
    private const string ContentType = "application/pdf";

    public static void MapPapers(this IEndpointRouteBuilder api)
    {
        api.MapPost("/wallet/invoices", Invoice).WithTags("Documents").RequireAuthorization(Policies.SignedIn).WithName("MakeInvoice").WithSummary("An invoice for topping up: the account, the payment reference and the amount.");
        api.MapGet("/documents/{documentId}/pdf", Pdf).WithTags("Documents").RequireAuthorization(Policies.SignedIn).WithName("DownloadDocument")
            .WithSummary("A document as a PDF in the reader's language; the same bytes each time.").Produces(StatusCodes.Status200OK, contentType: ContentType);
    }

    /// <summary>A document's file in the reader's language; null where none was made and none can be.</summary>
    public static async Task<FileContentHttpResult?> File(DocumentRow document, PaperShelf shelf, CancellationToken ct) =>
        await shelf.Pdf(document, CultureInfo.CurrentUICulture, ct) is { } bytes ? TypedResults.File(bytes, ContentType, $"{document.FullNumber}.pdf") : null;

    private static async Task<Results<Ok<InvoiceMade>, Problem>> Invoice(InvoiceRequest body, IdempotencyKey key, ClaimsPrincipal user, TopUpInvoices invoices, CancellationToken ct)
    {
        if (!Money.TryParse(body.Amount, out var amount, out var malformed)) return Problems.From(malformed.About("amount"));
        var (document, refusal) = await invoices.Issue(key, user.Organisation, amount, ct);
        return refusal is { } because ? Problems.From(because) : TypedResults.Ok(new InvoiceMade(document));
    }

    private static async Task<Results<FileContentHttpResult, Problem>> Pdf(Guid documentId, ClaimsPrincipal user, DocumentQueries documents, PaperShelf shelf, CancellationToken ct) =>
        await documents.ReadableBy(user.Caller, documentId, ct) is { } document && await File(document, shelf, ct) is { } file ? file : Problems.From(RequestRefusal.NotFound);
}

/// <param name="Amount">More than zero: <c>1500.00 KZT</c>.</param>
public sealed record InvoiceRequest(string Amount);

public sealed record InvoiceMade(Guid DocumentId);
