using System.Security.Claims;
using System.Text.Json.Serialization;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ainalym.Settlement.Documents;

/// <summary>Routes to documents under <c>/api/v1/documents</c>, and to the numbers of a series, void ones among them, under <c>/api/v1/document-series</c>.</summary>
public static class DocumentEndpoints
{
    private const int Shown = 50;

    public static void MapDocuments(this IEndpointRouteBuilder api)
    {
        var documents = api.MapGroup("/documents").WithTags("Documents").RequireAuthorization(Policies.SignedIn);
        documents.MapGet("", List).WithName("ListDocuments").WithSummary("The documents that name the organisation, the latest first.");
        documents.MapGet("/{documentId}", One).WithName("GetDocument").WithSummary("All that a document says, for those that it names, the operator and the regulator.");

        var series = api.MapGroup("/document-series/{series}").WithTags("Documents");
        series.MapGet("", Numbers).RequireAuthorization(Policies.Inspect).WithName("ListDocumentSeries").WithSummary("The numbers of one kind and year in their order, none left out; void ones say why.");
        series.MapPost("/{number}/replacement", Replace).RequireAuthorization(Policies.Operate).WithName("ReplaceDocumentNumber").WithSummary("Issue a void document anew, under the next number of its series.");
        series.MapPost("/{number}/void", Void).RequireAuthorization(Policies.Operate).WithName("VoidDocumentNumber").WithSummary("Take a number out of use. It stays listed and is not given again.");
    }

    /// <summary>An organisation's documents from the latest on, with the cursor to go on by.</summary>
    public static async Task<PageOf<DocumentRow>> Page(this DocumentQueries documents, Guid organisation, Cursor? after, CancellationToken ct) =>
        PageOf<DocumentRow>.From(await documents.Of(organisation, after?.At ?? long.MaxValue, after?.Id ?? "", Shown + 1, ct), Shown, row => new Cursor(row.AtMs, row.DocumentId));

    /// <summary>The numbers of a series from the first on, with the cursor to go on by.</summary>
    public static async Task<PageOf<DocumentRow>> Page(this DocumentQueries documents, string series, Cursor? after, CancellationToken ct) =>
        PageOf<DocumentRow>.From(await documents.Numbers(series, after?.At ?? 0, Shown + 1, ct), Shown, row => new Cursor(row.Number, ""));

    private static async Task<Ok<PageOf<DocumentAnswer>>> List(ClaimsPrincipal user, DocumentQueries documents, CancellationToken ct, Cursor? after = null)
    {
        var page = await documents.Page(user.Organisation, after, ct);
        return TypedResults.Ok(new PageOf<DocumentAnswer>([.. page.Items.Select(DocumentAnswer.From)], page.Next));
    }

    private static async Task<Results<Ok<WholeDocument>, Problem>> One(Guid documentId, ClaimsPrincipal user, DocumentQueries documents, CancellationToken ct) => await documents.ReadableBy(user.Caller, documentId, ct) is { } row
        ? TypedResults.Ok(new WholeDocument(DocumentAnswer.From(row), row.Content))
        : Problems.From(RequestRefusal.NotFound);

    private static async Task<Ok<PageOf<DocumentAnswer>>> Numbers(string series, DocumentQueries documents, CancellationToken ct, Cursor? after = null)
    {
        var page = await documents.Page(series, after, ct);
        return TypedResults.Ok(new PageOf<DocumentAnswer>([.. page.Items.Select(DocumentAnswer.From)], page.Next));
    }

    private static async Task<Results<Ok<DocumentSeriesReceipt>, Problem>> Replace(string series, long number, IdempotencyKey key, ClaimsPrincipal user, DocumentDesk desk, PartiesToday named, CancellationToken ct)
    {
        if (!DocumentSeriesNames.Is(series)) return Problems.From(RequestRefusal.NotFound);
        var receipt = await desk.Replace(series, number, key, named, user.Caller, ct);
        return receipt.Refusals.Count > 0
            ? Problems.From(receipt.Refusals)
            : TypedResults.Ok(new DocumentSeriesReceipt(series, receipt.Events.OfType<DocumentIssued>().Single().Number, receipt.Version, receipt.Position));
    }

    private static async Task<Results<Ok<DocumentSeriesReceipt>, Problem>> Void(string series, long number, VoidNumberRequest body, IdempotencyKey key, ClaimsPrincipal user, DocumentDesk desk, CancellationToken ct)
    {
        if (!DocumentSeriesNames.Is(series)) return Problems.From(RequestRefusal.NotFound);
        var receipt = await desk.Void(series, new VoidNumber(key, number, body.Reason), user.Caller, ct);
        return receipt.Refusals.Count > 0 ? Problems.From(receipt.Refusals) : TypedResults.Ok(new DocumentSeriesReceipt(series, number, receipt.Version, receipt.Position));
    }
}

/// <param name="Reason">At most 500 characters; whoever checks the document reads it.</param>
public sealed record VoidNumberRequest(string Reason);

public sealed record DocumentSeriesReceipt(string Series, long Number, long Version, long Position);

/// <param name="Number">The series, the year and the number in it: <c>CT-2026-000017</c>.</param>
/// <param name="Subject">The deal that it is about; of a guarantee's receipt the lot, of an invoice the organisation.</param>
/// <param name="VoidReason">Why it stands for nothing any more; left out while it does.</param>
/// <param name="ReplacedBy">The number that stands in its place, in full; left out where none does.</param>
/// <param name="InPlaceOf">The void number that it stands for, in full; left out where for none.</param>
public sealed record DocumentAnswer(
    string DocumentId, string Number, DocumentKind Kind, string Subject, Money Total, DateTimeOffset IssuedAt, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? VoidReason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ReplacedBy, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? InPlaceOf)
{
    internal static DocumentAnswer From(DocumentRow row) => new(
        row.DocumentId, row.FullNumber, KebabCase.Parse<DocumentKind>(row.Kind), row.Subject, row.Content.Total, DateTimeOffset.FromUnixTimeMilliseconds(row.AtMs), row.VoidReason,
        row.ReplacedBy is { } by ? row.NumberOf(by) : null, row.InPlaceOf is { } of ? row.NumberOf(of) : null);
}

/// <param name="Content">Without a language: labels and headings are names, values are as they are stored.</param>
public sealed record WholeDocument(DocumentAnswer Document, DocumentContent Content);
