using System.Security.Cryptography;
using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Documents;

/// <summary>The parties as they are called today. The host says who knows.</summary>
public delegate Task<EqualList<DocumentParty>> PartiesToday(EqualList<DocumentParty> parties, CancellationToken ct);

/// <summary>Issues documents, each once.</summary>
public sealed class DocumentDesk(IGrains grains, DocumentQueries documents)
{
    /// <param name="document">Derived from what it is about; asked again, it is the same document.</param>
    /// <param name="at">When what it tells happened: its number is of that year.</param>
    /// <returns>What was issued, now or before.</returns>
    public async Task<DocumentRow> Issue(DocumentKind kind, Guid document, DateTimeOffset at, string subject, DocumentContent content, CancellationToken ct)
    {
        // Also one of an earlier year, or that another process has issued meanwhile under texts and names of its own.
        if (await documents.One(document, ct) is { } known) return known;
        var receipt = await grains.Handle(DocumentSeriesGrain.Kind, DocumentSeriesNames.Of(kind, at), new IssueDocument(CommandIds.Derived(at, $"settlement/document/{document:N}"), document, kind, subject, content, NewCheckCode(), at), Caller.House, ct);
        if (receipt.Refusal is { } refusal && refusal.Code is not DocumentSeriesRefusal.AlreadyNumbered) throw new InvalidOperationException($"Document {document:N} was not issued: {refusal}.");
        return await documents.One(document, ct) ?? throw new InvalidOperationException($"Document {document:N} was issued and has no row.");
    }

    /// <summary>128 random bits: nobody comes upon it, however much he knows of the document.</summary>
    private static string NewCheckCode() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Issues a void document anew: what it says follows from what has happened and stays; whom it names may be called otherwise now.</summary>
    public async Task<Receipt<DocumentSeriesEvent>> Replace(string series, long number, Guid commandId, PartiesToday named, Caller caller, CancellationToken ct)
    {
        // Of a number that there is not, the series says so itself.
        var old = await documents.At(series, number, ct);
        var at = old is null ? DateTimeOffset.UnixEpoch : DateTimeOffset.FromUnixTimeMilliseconds(old.AtMs);
        var content = old?.Content ?? DocumentContent.Nothing;
        var anew = new IssueDocument(
            commandId, CommandIds.Derived(at, $"settlement/document/{series}/{number}/anew"), old is null ? default : KebabCase.Parse<DocumentKind>(old.Kind), old?.Subject ?? "", content with { Parties = await named(content.Parties, ct) }, NewCheckCode(), at);
        return await grains.Handle(DocumentSeriesGrain.Kind, series, new ReplaceNumber(commandId, number, anew), caller, ct);
    }

    /// <summary>Takes a number out of use.</summary>
    public Task<Receipt<DocumentSeriesEvent>> Void(string series, VoidNumber command, Caller caller, CancellationToken ct) => grains.Handle(DocumentSeriesGrain.Kind, series, command, caller, ct);
}
