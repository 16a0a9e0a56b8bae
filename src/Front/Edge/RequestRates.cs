using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ainalym.Front.Pages;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Microsoft.AspNetCore.RateLimiting;

namespace Ainalym.Front.Edge;

/// <summary>
/// Limits requests by user, or by address for visitors (an IPv6 network counts as one), with the headers of draft-ietf-httpapi-ratelimit-headers:
/// <c>RateLimit-Policy: "user";q=1200;w=60</c> and <c>RateLimit: "user";r=1199;t=1</c>. Set by <c>RateLimits:User</c>, <c>:Address</c>, <c>:SignIn</c>, per minute.
/// </summary>
internal sealed class RequestRates(RequestDelegate next, RateLimiter limiter, IConfiguration configuration)
{
    private readonly RateQuota user = Quota(configuration, "user", "User", 1_200);
    private readonly RateQuota address = Quota(configuration, "address", "Address", 600);
    private readonly RateQuota signIn = Quota(configuration, "sign-in", "SignIn", 20);

    public Task Invoke(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)) return next(http);
        var isSignIn = http.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName == RateLimits.SignIn;
        var (quota, caller) = isSignIn ? (signIn, Network(http.Connection.RemoteIpAddress))
            : http.User.CallerOrNull is { } known ? (user, known.User.ToString("N"))
            : (address, Network(http.Connection.RemoteIpAddress));

        var answer = limiter.Take(quota, caller);
        var seconds = (long)decimal.Ceiling(answer.Wait.Ticks / (decimal)TimeSpan.TicksPerSecond);
        var headers = http.Response.Headers;
        var invariant = CultureInfo.InvariantCulture;
        headers["RateLimit-Policy"] = string.Create(invariant, $"\"{quota.Name}\";q={quota.Requests};w={quota.Window.Ticks / TimeSpan.TicksPerSecond}");
        headers["RateLimit"] = string.Create(invariant, $"\"{quota.Name}\";r={answer.Remaining};t={seconds}");
        if (answer.Taken) return next(http);

        headers.RetryAfter = seconds.ToString(invariant);
        var problem = Problems.From(new Refusal(RequestRefusal.TooManyRequests, seconds));
        return (PageRequests.IsPage(http) ? ProblemPage.Of(problem) : (IResult)problem).ExecuteAsync(http);
    }

    /// <summary>A household or firm is given an IPv6 network of 64 bits; its addresses cost nothing, so they count as one.</summary>
    internal static string Network(IPAddress? address)
    {
        if (address is null) return "none";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes).ToString();
    }

    private static RateQuota Quota(IConfiguration configuration, string name, string setting, int usual) =>
        new(name, configuration.GetValue($"RateLimits:{setting}", usual), TimeSpan.FromMinutes(1));
}
