using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ainalym.Front.Pages;

/// <summary>The style sheet and the icon, carried in the assembly. Their addresses hold their hash, so browsers may keep them for ever.</summary>
internal static class SiteAssets
{
    private static readonly Dictionary<string, (byte[] Bytes, string Type)> Files = new(StringComparer.Ordinal)
    {
        ["site.css"] = (Read("site.css"), "text/css; charset=utf-8"),
        ["icon.svg"] = (Read("icon.svg"), "image/svg+xml"),
    };

    public static string StyleSheet { get; } = Address("site.css");

    public static string Icon { get; } = Address("icon.svg");

    public static void MapSiteAssets(this IEndpointRouteBuilder pages) => pages.MapGet("/assets/{name}", Send).AllowAnonymous();

    private static Results<FileContentHttpResult, NotFound> Send(string name, HttpResponse response)
    {
        if (!Files.TryGetValue(name, out var file)) return TypedResults.NotFound();
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.File(file.Bytes, file.Type);
    }

    private static string Address(string name) => $"/assets/{name}?v={Convert.ToHexStringLower(SHA256.HashData(Files[name].Bytes))[..12]}";

    private static byte[] Read(string name)
    {
        using var stream = typeof(SiteAssets).Assembly.GetManifestResourceStream($"Assets/{name}") ?? throw new InvalidOperationException($"The assembly lacks Assets/{name}.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
