using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Ainalym.Journal.Http;

/// <summary>Entity tags made of a stream's version and the language, as the same version reads differently in another one.</summary>
public static class ETags
{
    /// <summary>Sets the tag; true when the client has this very version, so that a 304 is the answer.</summary>
    public static bool IsCurrent(HttpContext http, long version)
    {
        var tag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{version}-{CultureInfo.CurrentUICulture.Code()}\""));
        var headers = http.Response.GetTypedHeaders();
        headers.ETag = tag;
        headers.Append(HeaderNames.Vary, "Accept-Language, Cookie");
        return http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false));
    }
}
