namespace Ainalym.Front.Edge;

/// <summary>Is a person's browser asking, or a program? It decides whether a problem is a page or a document.</summary>
internal static class PageRequests
{
    private static readonly string[] Programs = ["/api", "/openapi", "/health", "/assets"];

    public static bool IsPage(HttpContext http) => !Programs.Any(prefix => http.Request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>A path of ours to go to next; anything else, such as another site's address, is the board.</summary>
    public static string Local(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("/\\", StringComparison.Ordinal) && !path.Any(char.IsControl) ? path : "/";
}
