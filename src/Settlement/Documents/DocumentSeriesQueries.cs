using System.Text.Json;
using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Documents;

/// <summary>A document as it was issued.</summary>
public sealed record DocumentRow
{
    public required string Series { get; init; }
    public required long Number { get; init; }
    public required string DocumentId { get; init; }

    /// <summary>As <see cref="DocumentKind"/> is written.</summary>
    public required string Kind { get; init; }
    public required string Subject { get; init; }
    public required string ContentJson { get; init; }

    /// <summary>Why it stands for nothing any more; null while it does.</summary>
    public string? VoidReason { get; init; }

    /// <summary>The day that it bears, of the year of its series.</summary>
    public required long AtMs { get; init; }

    /// <summary>Opens its public page; null where it was issued before there were codes.</summary>
    public string? CheckCode { get; init; }

    /// <summary>The void number of its series that it stands for.</summary>
    public long? InPlaceOf { get; init; }

    /// <summary>The number of its series that stands in its place, once it was void and issued anew.</summary>
    public long? ReplacedBy { get; init; }

    /// <summary>What its public page is called by.</summary>
    public string PublicCode => CheckCode ?? DocumentId;

    public DocumentContent Content => field ??= JsonSerializer.Deserialize(ContentJson, SettlementJson.Readable.DocumentContent)!;

    /// <summary>Those it names, the operator and the regulator may.</summary>
    public bool MayBeReadBy(Caller caller) => caller.Is(Roles.Operator | Roles.Regulator) || Content.Parties.Any(party => party.Organisation == caller.Organisation);

    /// <summary><c>CT-2026-000017</c>.</summary>
    public string FullNumber => NumberOf(Number);

    /// <summary>Another number of its series, written in full.</summary>
    public string NumberOf(long number) => DocumentSeriesNames.Full(Series, number);
}

/// <summary>A document's file in one language.</summary>
public sealed record DocumentFileRow
{
    public required string DocumentId { get; init; }
    public required string Language { get; init; }
    public required string Sha256 { get; init; }
}

/// <summary>Reads the documents, and keeps which files they were made into.</summary>
public sealed class DocumentQueries(IDatabase db)
{
    private const string Columns = "d.series AS Series, d.number AS Number, d.document_id AS DocumentId, d.kind AS Kind, d.subject AS Subject, d.content AS ContentJson, d.void_reason AS VoidReason, d.at_ms AS AtMs, d.check_code AS CheckCode, d.in_place_of AS InPlaceOf, d.replaced_by AS ReplacedBy";

    public Task<DocumentRow?> One(Guid id, CancellationToken ct) => db.Single<DocumentRow>($"SELECT {Columns} FROM documents d WHERE d.document_id = @id", new { id = id.ToString("N") }, ct);

    public Task<DocumentRow?> At(string series, long number, CancellationToken ct) => db.Single<DocumentRow>($"SELECT {Columns} FROM documents d WHERE d.series = @series AND d.number = @number", new { series, number }, ct);

    /// <summary>A document by the code that stands on it; one that was issued without a code by its id, which stands there instead and which others may work out.</summary>
    public Task<DocumentRow?> Checked(string code, CancellationToken ct) => db.Single<DocumentRow>(
        $"SELECT {Columns} FROM documents d WHERE d.check_code = @code OR (d.document_id = @code AND d.check_code IS NULL)", new { code }, ct);

    /// <summary>A document for who may read it; null for others, as where there is none.</summary>
    public async Task<DocumentRow?> ReadableBy(Caller caller, Guid id, CancellationToken ct) => await One(id, ct) is { } document && document.MayBeReadBy(caller) ? document : null;

    /// <summary>What an organisation is named in, the latest first.</summary>
    /// <param name="after">The document to go on after; empty from the latest.</param>
    public Task<IReadOnlyList<DocumentRow>> Of(Guid organisation, long at, string after, int n, CancellationToken ct) => db.Query<DocumentRow>($"""
        SELECT {Columns} FROM document_parties p JOIN documents d ON d.series = p.series AND d.number = p.number
        WHERE p.organisation_id = @organisation AND (p.at_ms < @at OR (p.at_ms = @at AND p.document_id < @after))
        ORDER BY p.at_ms DESC, p.document_id DESC {db.Page}
        """, new { organisation = organisation.ToString("N"), at, after, n }, ct);

    /// <summary>What was issued about a deal, in the order of issue.</summary>
    public Task<IReadOnlyList<DocumentRow>> About(string subject, CancellationToken ct) => db.Query<DocumentRow>(
        $"SELECT {Columns} FROM documents d WHERE d.subject = @subject ORDER BY d.at_ms, d.series, d.number {db.Page}", new { subject, n = 50 }, ct);

    /// <summary>The documents of a series in their order: no number is left out, and what is void is among them.</summary>
    public Task<IReadOnlyList<DocumentRow>> Numbers(string series, long after, int n, CancellationToken ct) => db.Query<DocumentRow>(
        $"SELECT {Columns} FROM documents d WHERE d.series = @series AND d.number > @after ORDER BY d.number {db.Page}", new { series, after, n }, ct);

    /// <summary>The files that a document was made into as it stands, valid or void, at most one for each language.</summary>
    public Task<IReadOnlyList<DocumentFileRow>> Files(DocumentRow document, CancellationToken ct) => db.Query<DocumentFileRow>(
        $"SELECT document_id AS DocumentId, language AS Language, sha256 AS Sha256 FROM {FilesOf(document)} WHERE document_id = @DocumentId ORDER BY language {db.Page}", new { document.DocumentId, n = 10 }, ct);

    /// <summary>Keeps which file a document was made into. Of two that were made at once, the first stays.</summary>
    /// <param name="lost">The file that was kept and is not there any more: this one takes its place.</param>
    public Task<int> Keep(DocumentRow document, string language, string sha256, string? lost, DateTimeOffset at, CancellationToken ct)
    {
        var row = new { document.DocumentId, language, sha256, lost, at = at.ToUnixTimeMilliseconds() };
        return db.Write(
            writing => lost is not null
                ? writing.Run($"UPDATE {FilesOf(document)} SET sha256 = @sha256, made_at_ms = @at WHERE document_id = @DocumentId AND language = @language AND sha256 = @lost", row)
                : writing.Run(
                    $"""
                    INSERT INTO {FilesOf(document)} (document_id, language, sha256, made_at_ms)
                    SELECT @DocumentId, @language, @sha256, @at WHERE NOT EXISTS (SELECT 1 FROM {FilesOf(document)} WHERE document_id = @DocumentId AND language = @language)
                    """,
                    row),
            ct);
    }

    /// <summary>What was made while it was valid is not served once it is void.</summary>
    private static string FilesOf(DocumentRow document) => document.VoidReason is null ? "document_files" : "void_document_files";
}
