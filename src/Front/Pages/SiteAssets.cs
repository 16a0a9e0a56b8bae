using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ainalym.Front.Pages;

/// <summary>What the build has made for browsers, carried in the assembly, compressed beforehand. Addresses hold a hash or a version, so browsers may keep it for ever.</summary>
internal static class SiteAssets
{
    private const string Prefix = "web/";

    private static readonly FrozenDictionary<string, byte[]> Files = typeof(SiteAssets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], Read, StringComparer.Ordinal);

    public static string StyleSheet { get; } = Address("site.css");

    public static string Script { get; } = Address("site.js");

    public static string MapScript { get; } = Address("map.js");

    public static string MapStyle { get; } = Address("map.css");

    public static string Country { get; } = Address("kazakhstan.json");

    /// <summary>The style of printed documents, whole: with its letters in it, as a page that is printed asks for nothing.</summary>
    public static string PrintStyle { get; } = Files.Where(file => file.Key.EndsWith(".woff2", StringComparison.Ordinal))
        .Aggregate(System.Text.Encoding.UTF8.GetString(Files["print.css"]), (style, font) => style.Replace($"url({font.Key})", $"url(data:font/woff2;base64,{Convert.ToBase64String(font.Value)})", StringComparison.Ordinal));

    public static string Icon { get; } = Address("icon.svg");

    public static void MapSiteAssets(this IEndpointRouteBuilder pages) => pages.MapGet("/assets/{name}", Send).AllowAnonymous();

    private static Results<FileContentHttpResult, NotFound> Send(string name, HttpRequest request, HttpResponse response)
    {
        if (!Files.TryGetValue(name, out var bytes) || Path.GetExtension(name) is ".br" or ".gz") return TypedResults.NotFound();
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.Vary = "Accept-Encoding";
        foreach (var (encoding, extension) in (ReadOnlySpan<(string, string)>)[("br", ".br"), ("gzip", ".gz")])
        {
            if (!request.Headers.AcceptEncoding.ToString().Contains(encoding, StringComparison.OrdinalIgnoreCase) || !Files.TryGetValue(name + extension, out var packed)) continue;
            response.Headers.ContentEncoding = encoding;
            bytes = packed;
            break;
        }

        return TypedResults.File(bytes, TypeOf(name));
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".json" => "application/geo+json",
        ".woff2" => "font/woff2",
        var other => throw new InvalidOperationException($"{other} has no media type."),
    };

    private static string Address(string name) => $"/assets/{name}?v={Convert.ToHexStringLower(SHA256.HashData(Files[name]))[..12]}";

    private static byte[] Read(string name)
    {
        using var stream = typeof(SiteAssets).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
