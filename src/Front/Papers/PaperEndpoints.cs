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
        api.MapGet("/wallet/invoices/{documentId}", Standing).WithTags("Documents").RequireAuthorization(Policies.SignedIn).WithName("GetInvoice").WithSummary("What an invoice for topping up is paid by, and what has come in for it.");
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

    private static async Task<Results<Ok<InvoiceAnswer>, Problem>> Standing(Guid documentId, ClaimsPrincipal user, DocumentQueries documents, InvoiceQueries invoices, CancellationToken ct)
    {
        if (await documents.ReadableBy(user.Caller, documentId, ct) is not { Content: { PaidBy: { Invoice: not null } reference } } document) return Problems.From(RequestRefusal.NotFound);
        var standing = await invoices.Of(documentId, ct);
        return TypedResults.Ok(new InvoiceAnswer(documentId, document.FullNumber, reference.ToString(), document.Content.Total, standing?.Paid, standing?.Missing, standing?.Over, document.VoidReason is not null));
    }

    private static async Task<Results<FileContentHttpResult, Problem>> Pdf(Guid documentId, ClaimsPrincipal user, DocumentQueries documents, PaperShelf shelf, CancellationToken ct) =>
        await documents.ReadableBy(user.Caller, documentId, ct) is { } document && await File(document, shelf, ct) is { } file ? file : Problems.From(RequestRefusal.NotFound);
}

/// <param name="Amount">More than zero: <c>1500.00 KZT</c>.</param>
public sealed record InvoiceRequest(string Amount);

public sealed record InvoiceMade(Guid DocumentId);

/// <param name="Number">As the document is numbered: <c>TU-2026-000017</c>.</param>
/// <param name="Reference">What the payer writes into the payment (ISO 11649); no other invoice has it.</param>
/// <param name="Paid">What has come in with the reference, less what the bank took back of it, whatever was asked for; null in the moment before that is known.</param>
/// <param name="Missing">Zero where it is paid; null with <paramref name="Paid"/>.</param>
/// <param name="Over">What has come in beyond the total; null with <paramref name="Paid"/>.</param>
/// <param name="Void">Nobody is to pay it any more.</param>
public sealed record InvoiceAnswer(Guid DocumentId, string Number, string Reference, Money Total, Money? Paid, Money? Missing, Money? Over, bool Void);
