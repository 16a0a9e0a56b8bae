using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Ainalym.Settlement.Keys;

/// <summary>The public half of a key on P-256, as RFC 7517 and 7518 write it.</summary>
/// <param name="X">Base64url of 32 bytes.</param>
/// <param name="Y">The same.</param>
public sealed record PublishedKey(string Kty, string Crv, string X, string Y, string Use, string Alg, string Kid)
{
    private const int Coordinate = 32;

    public static PublishedKey Of(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return Of(Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
    }

    public static PublishedKey Of(string x, string y) => new("EC", "P-256", x, y, "sig", CompactJws.Algorithm, Thumbprint(x, y));

    /// <summary>The key, ready to check signatures with.</summary>
    /// <exception cref="CryptographicException">The point is not on the curve.</exception>
    public ECDsa Open() => ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Read(X), Y = Read(Y) } });

    /// <summary>RFC 7638: the hash of the members that make the key, in the order of their names and without a blank.</summary>
    private static string Thumbprint(string x, string y) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));

    private static byte[] Read(string text)
    {
        if (!Base64Url.IsValid(text)) throw new CryptographicException("The key's coordinates are not base64url.");
        var bytes = Base64Url.DecodeFromChars(text);
        return bytes.Length == Coordinate ? bytes : throw new CryptographicException($"A coordinate of P-256 has {Coordinate} bytes, not {bytes.Length}.");
    }
}

/// <summary>The document at <c>/.well-known/jwks.json</c>.</summary>
public sealed record PublishedKeys(IReadOnlyList<PublishedKey> Keys);
