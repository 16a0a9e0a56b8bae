using Ainalym.Journal.Http;

namespace Ainalym.Front.Edge;

/// <summary>A page asked for with <c>?lang=</c> or <c>?theme=</c> keeps that choice for the next ones. Without a theme the page follows the device.</summary>
internal sealed class PageChoices(RequestDelegate next)
{
    private const string Theme = "theme";

    private static readonly CookieOptions Cookie = new() { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true, Path = "/" };

    /// <summary><c>light</c>, <c>dark</c>, or null for the device's.</summary>
    public static string? ThemeOf(HttpContext http) => Known(http.Request.Query[Theme]) ?? Known(http.Request.Cookies[Theme]);

    public Task Invoke(HttpContext http)
    {
        if (!PageRequests.IsPage(http)) return next(http);
        if (Languages.Of(http.Request.Query[Languages.Parameter]) is { } culture) http.Response.Cookies.Append(Languages.Parameter, culture.Code(), Cookie);
        if (Known(http.Request.Query[Theme]) is { } theme) http.Response.Cookies.Append(Theme, theme, Cookie);
        return next(http);
    }

    private static string? Known(string? theme) => theme is "light" or "dark" ? theme : null;
}
