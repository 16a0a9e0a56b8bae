using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Ainalym.Settlement.Keys;

/// <summary>What stands at the front of a token.</summary>
public sealed record TokenHeader(string Alg, string? Kid = null);

/// <summary>
/// Signs and checks tokens: the compact form of RFC 7515, ES256 alone. Another algorithm is never taken from a token, so that a token cannot choose how it is checked.
/// </summary>
public static class CompactJws
{
    public const string Algorithm = "ES256";

    public static string Sign(ReadOnlySpan<byte> payload, string kid, ECDsa key)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new TokenHeader(Algorithm, kid), SettlementJson.Default.TokenHeader);
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    /// <summary>What the token says and by which key, before anything is checked; null when it is no such token.</summary>
    public static (TokenHeader Header, byte[] Payload)? Read(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || !parts.All(part => part.Length > 0 && Base64Url.IsValid(part))) return null;
        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(parts[0]), SettlementJson.Default.TokenHeader) is { Alg: Algorithm } header ? (header, Base64Url.DecodeFromChars(parts[1])) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The signature over header and payload, as they were written, is this key's.</summary>
    public static bool IsSignedBy(string token, ECDsa key)
    {
        if (Read(token) is null) return false;
        var end = token.LastIndexOf('.');
        return key.VerifyData(Encoding.ASCII.GetBytes(token[..end]), Base64Url.DecodeFromChars(token.AsSpan(end + 1)), HashAlgorithmName.SHA256);
    }
}
