using Ainalym.Journal;
using Ainalym.Journal.Data;
using Ainalym.Kernel;

namespace Ainalym.Market.Deals;

/// <summary>Why a document was not taken as evidence.</summary>
public enum EvidenceFileRefusal
{
    /// <summary>Fact: the most megabytes (of 1,048,576 bytes).</summary>
    TooLarge,

    /// <summary>By its content it is no whole PDF.</summary>
    NotAPdf,

    /// <summary>Fact: the most documents of an organisation in 24 hours.</summary>
    TooManyInADay,

    /// <summary>No document of this deal has this hash.</summary>
    DocumentNotFound,
}

/// <summary>The documents' files.</summary>
public sealed class EvidenceShelf(string dataFolder) : ContentShelf(dataFolder, "evidence");

/// <summary>Takes in documents for disputes, as PDF, and keeps them as they were sent: what is evidence is not changed. A deal's events name them by their hashes.</summary>
public sealed class EvidenceFiles(IDatabase db, EvidenceShelf shelf, TimeProvider time)
{
    public const string ContentType = "application/pdf";
    public const int MostMegabytes = 10;
    public const int MostBytes = MostMegabytes * 1024 * 1024;
    public const int MostInADay = 50;

    /// <summary>Behind the last mark some programs leave a little more.</summary>
    private const int Tail = 1024;

    /// <returns>Its hash: SHA-256 of the bytes that were sent, in lower-case hex.</returns>
    public async Task<(string? Hash, Refusal? Refusal)> Take(Stream document, Guid organisation, CancellationToken ct)
    {
        var bytes = await ContentShelf.Read(document, MostBytes, ct);
        if (bytes.Length > MostBytes) return (null, new Refusal(EvidenceFileRefusal.TooLarge, MostMegabytes));
        if (!bytes.AsSpan().StartsWith("%PDF-"u8) || bytes.AsSpan(Math.Max(0, bytes.Length - Tail)).LastIndexOf("%%EOF"u8) < 0) return (null, EvidenceFileRefusal.NotAPdf);
        var (own, now) = (organisation.ToString("N"), time.GetUtcNow());
        var today = await db.Single<long>(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM evidence_files WHERE organisation_id = @own AND taken_ms > @since", new { own, since = now.AddDays(-1).ToUnixTimeMilliseconds() }, ct);
        if (today >= MostInADay) return (null, new Refusal(EvidenceFileRefusal.TooManyInADay, MostInADay));
        var hash = shelf.Put(bytes);
        await db.Write(
            writing => writing.Run(
                "INSERT INTO evidence_files (hash, organisation_id, taken_ms) SELECT @hash, @own, @at WHERE NOT EXISTS (SELECT 1 FROM evidence_files WHERE hash = @hash AND organisation_id = @own)",
                new { hash, own, at = now.ToUnixTimeMilliseconds() }),
            ct);
        return (hash, null);
    }

    /// <summary>Whether an organisation has sent it.</summary>
    public async Task<bool> IsOf(Guid organisation, string hash, CancellationToken ct) =>
        await db.Single<long>("SELECT CAST(COUNT(*) AS BIGINT) FROM evidence_files WHERE hash = @hash AND organisation_id = @own", new { hash, own = organisation.ToString("N") }, ct) > 0;

    /// <summary>Where it stands, or null.</summary>
    public string? Find(string hash) => shelf.Find(hash);
}
