using Microsoft.AspNetCore.Authorization;

namespace Ainalym.Front.Edge;

/// <summary>Tells browsers what our pages never do, and caches to keep nothing that is somebody's. Set as the answer starts, so that error answers have them too.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string PermissionsPolicy = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()";

    public Task Invoke(HttpContext http)
    {
        http.Response.OnStarting(
            static state =>
            {
                var http = (HttpContext)state;
                var headers = http.Response.Headers;
                headers.ContentSecurityPolicy = ContentSecurityPolicy;
                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY";
                headers["Referrer-Policy"] = "same-origin";
                headers["Permissions-Policy"] = PermissionsPolicy;
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Cross-Origin-Resource-Policy"] = "same-origin";
                headers.Remove("blazor-enhanced-nav");

                // A cache on the way may keep a file by its ending, and hand one organisation's statement to the next that asks at the same address. What anybody may see says more to who is signed in.
                if (headers.CacheControl.Count == 0 && (http.User.Identity is { IsAuthenticated: true } || http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null)) headers.CacheControl = "no-store";
                if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
                return Task.CompletedTask;
            },
            http);
        return next(http);
    }
}
