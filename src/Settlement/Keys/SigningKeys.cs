using System.Security.Cryptography;
using Ainalym.Journal;
using Microsoft.AspNetCore.DataProtection;

namespace Ainalym.Settlement.Keys;

/// <summary>A key of the house as it is kept.</summary>
public sealed record SigningKeyRow
{
    public required string Kid { get; init; }
    public required string X { get; init; }
    public required string Y { get; init; }

    /// <summary>The private half, sealed with the keys of the data folder.</summary>
    public required string Sealed { get; init; }
    public required long MadeAtMs { get; init; }
    public long? RetiredAtMs { get; init; }

    public PublishedKey Published => PublishedKey.Of(X, Y);
}

/// <summary>
/// The keys that the house signs with. One is active for all processes of a database; it is made at first use and replaced when it is a year old. A retired key signs nothing more and stays published,
/// as what it has signed must be checked for ever.
/// </summary>
public sealed class SigningKeys(IDatabase database, JournalClock clock, IDataProtector seal)
{
    /// <summary>The most that are published, the newest first: a key a year, and room for leaks.</summary>
    private const int MostPublished = 200;

    private const string Columns = "kid AS Kid, x AS X, y AS Y, sealed AS Sealed, made_at_ms AS MadeAtMs, retired_at_ms AS RetiredAtMs";

    /// <summary>How long a key signs.</summary>
    public static TimeSpan Life { get; } = TimeSpan.FromDays(365);

    /// <summary>The keys of a house, sealed by what lies in its data folder, as its sign-ins are.</summary>
    public static SigningKeys Of(House house)
    {
        var folder = Directory.CreateDirectory(Path.Combine(house.DataFolder, "keys"));
        return new(house.Database, house.Clock, DataProtectionProvider.Create(folder, options => options.SetApplicationName("Ainalym")).CreateProtector("Ainalym.Settlement.SigningKeys.v1"));
    }

    /// <summary>Signs with the active key.</summary>
    /// <exception cref="StorageException">The key was sealed by another data folder; the message says what to do.</exception>
    public async Task<string> Sign(ReadOnlyMemory<byte> payload, CancellationToken ct)
    {
        var active = await Active(ct);
        if (active is null || clock.Now().ToUnixTimeMilliseconds() - active.MadeAtMs >= (long)Life.TotalMilliseconds) active = await Replace(active?.Kid, ct);
        using var key = Open(active);
        return CompactJws.Sign(payload.Span, active.Kid, key);
    }

    /// <summary>Retires the active key and makes another.</summary>
    /// <returns>The new key.</returns>
    public async Task<PublishedKey> Rotate(CancellationToken ct) => (await Replace((await Active(ct))?.Kid, ct)).Published;

    /// <summary>Every key that ever signed, the newest first.</summary>
    public async Task<PublishedKeys> Published(CancellationToken ct) =>
        new([.. (await database.Query<SigningKeyRow>($"SELECT {Columns} FROM signing_keys ORDER BY made_at_ms DESC, kid {database.Page}", new { n = MostPublished }, ct)).Select(row => row.Published)]);

    /// <summary>A published key signed the token.</summary>
    public async Task<bool> IsOurs(string token, CancellationToken ct)
    {
        if (CompactJws.Read(token) is not { Header.Kid: { } kid }) return false;
        if (await database.Single<SigningKeyRow>($"SELECT {Columns} FROM signing_keys WHERE kid = @kid", new { kid }, ct) is not { } row) return false;
        using var key = row.Published.Open();
        return CompactJws.IsSignedBy(token, key);
    }

    private Task<SigningKeyRow?> Active(CancellationToken ct) => database.Single<SigningKeyRow>($"SELECT {Columns} FROM signing_keys WHERE retired_at_ms IS NULL", ct: ct);

    /// <summary>Makes a key in the place of one that was seen active. Of several processes that saw the same, one does; the others find its key.</summary>
    private async Task<SigningKeyRow> Replace(string? seen, CancellationToken ct)
    {
        using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var made = PublishedKey.Of(fresh);
        var row = new { seen, made.Kid, made.X, made.Y, Sealed = Convert.ToBase64String(seal.Protect(fresh.ExportPkcs8PrivateKey())), now = clock.Now().ToUnixTimeMilliseconds() };
        await database.Write(
            writing =>
            {
                writing.Run("UPDATE signing_keys SET retired_at_ms = @now WHERE kid = @seen AND retired_at_ms IS NULL", row);
                return writing.Run("""
                    INSERT INTO signing_keys (kid, x, y, sealed, made_at_ms)
                    SELECT @Kid, @X, @Y, @Sealed, @now WHERE NOT EXISTS (SELECT 1 FROM signing_keys WHERE retired_at_ms IS NULL)
                    """, row);
            },
            ct);
        return (await Active(ct))!;
    }

    private ECDsa Open(SigningKeyRow row)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(seal.Unprotect(Convert.FromBase64String(row.Sealed)), out _);
            return key;
        }
        catch (CryptographicException error)
        {
            key.Dispose();
            throw new StorageException($"The signing key {row.Kid} cannot be opened: the folder 'keys' of the data folder is not the one it was sealed with. Put that folder back, or run 'rotate-keys' to sign with a new key.", error);
        }
    }
}
