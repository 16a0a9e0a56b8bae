using Ainalym.Journal;
using Ainalym.Journal.Data;
using Ainalym.Kernel;

namespace Ainalym.Market.Photos;

/// <summary>A photo that was taken in.</summary>
public sealed record PhotoRow
{
    public required string Hash { get; init; }
    public required string ContentType { get; init; }
    public required long Width { get; init; }
    public required long Height { get; init; }

    /// <summary>The hash of its small copy, which lists show; none where the sender made none.</summary>
    public string? Small { get; init; }
}

/// <summary>Takes photos in and knows which there are. They are plain rows and files; a lot's events name them by their hashes.</summary>
public sealed class PhotoUploads(IDatabase db, PhotoShelf shelf, TimeProvider time)
{
    public const int MostInADay = 200;

    /// <summary>The longest side of a small copy.</summary>
    public const int SmallSide = 640;

    private const int SmallBytes = 200 * 1024;

    /// <summary>Takes one in. A small copy that is none is left out.</summary>
    public async Task<(PhotoRow? Photo, Refusal? Refusal)> Take(Stream photo, Stream? small, Guid organisation, CancellationToken ct)
    {
        if (!PhotoFile.TryRead(await ContentShelf.Read(photo, PhotoFile.MostBytes, ct), out var file, out var refusal)) return (null, refusal);
        var now = time.GetUtcNow();
        var today = await db.Single<long>(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM photos WHERE organisation_id = @organisation AND taken_ms > @since",
            new { organisation = organisation.ToString("N"), since = now.AddDays(-1).ToUnixTimeMilliseconds() }, ct);
        if (today >= MostInADay) return (null, new Refusal(PhotoRefusal.TooManyInADay, MostInADay));

        var copy = small is not null && PhotoFile.TryRead(await ContentShelf.Read(small, SmallBytes, ct), out var read, out _) && read.Bytes.Length <= SmallBytes && Math.Max(read.Width, read.Height) <= SmallSide ? read : null;
        var row = new PhotoRow { Hash = shelf.Put(file.Bytes), ContentType = file.ContentType, Width = file.Width, Height = file.Height, Small = copy is null ? null : shelf.Put(copy.Bytes) };
        await db.Write(
            writing =>
            {
                var values = new { row.Hash, row.ContentType, row.Width, row.Height, row.Small, organisation = organisation.ToString("N"), at = now.ToUnixTimeMilliseconds() };
                writing.Run(
                    """
                    INSERT INTO photos (hash, content_type, width, height, small, organisation_id, taken_ms)
                    SELECT @Hash, @ContentType, @Width, @Height, @Small, @organisation, @at WHERE NOT EXISTS (SELECT 1 FROM photos WHERE hash = @Hash)
                    """, values);
                return writing.Run("UPDATE photos SET small = @Small WHERE hash = @Hash AND small IS NULL AND organisation_id = @organisation", values);
            },
            ct);
        return (row, null);
    }

    /// <summary>Those of the hashes that are there, in their order.</summary>
    public async Task<IReadOnlyList<PhotoRow>> Named(IReadOnlyList<string> hashes, CancellationToken ct)
    {
        if (hashes.Count == 0) return [];
        var values = hashes.Index().ToDictionary(entry => $"hash{entry.Index}", entry => (object?)entry.Item, StringComparer.Ordinal);
        var found = await db.Query<PhotoRow>(
            $"SELECT hash AS Hash, content_type AS ContentType, width AS Width, height AS Height, small AS Small FROM photos WHERE hash IN ({string.Join(", ", values.Keys.Select(name => "@" + name))})", values, ct);
        var byHash = found.ToDictionary(photo => photo.Hash, StringComparer.Ordinal);
        return [.. hashes.Where(byHash.ContainsKey).Select(hash => byHash[hash])];
    }
}
