using Ainalym.Journal.Http;

namespace Ainalym.Front.Edge;

/// <summary>A page asked for with <c>?lang=</c> keeps that language for the next ones.</summary>
internal sealed class LanguageChoice(RequestDelegate next)
{
    private static readonly CookieOptions Cookie = new() { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true, Path = "/" };

    public Task Invoke(HttpContext http)
    {
        if (PageRequests.IsPage(http) && Languages.Of(http.Request.Query[Languages.Parameter]) is { } culture)
            http.Response.Cookies.Append(Languages.Parameter, culture.Code(), Cookie);
        return next(http);
    }
}
