using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ainalym.Identity;

/// <summary>What each role opens. A route that names no policy is closed to everyone.</summary>
internal static class Permissions
{
    public static void Configure(AuthorizationOptions options)
    {
        options.AddPolicy(Policies.Trade, policy => Role(policy, Roles.Buyer));
        options.AddPolicy(Policies.Sell, policy => Role(policy, Roles.Seller));
        options.AddPolicy(Policies.Operate, policy => Role(policy, Roles.Operator));
        options.AddPolicy(Policies.Inspect, policy => Role(policy, Roles.Regulator | Roles.Operator));
        options.AddPolicy(Policies.SignedIn, policy => Role(policy, Roles.Buyer | Roles.Seller | Roles.Operator | Roles.Regulator));
        options.DefaultPolicy = options.GetPolicy(Policies.SignedIn)!;

        // No endpoint is a 404 and the router's own endpoints say 405 or 415: those may pass. A route of ours may not.
        options.FallbackPolicy = new AuthorizationPolicyBuilder()
            .RequireAssertion(asked => asked.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint)
            .Build();
    }

    private static void Role(AuthorizationPolicyBuilder policy, Roles any) =>
        policy.RequireAuthenticatedUser().RequireAssertion(asked => asked.User.CallerOrNull is { } caller && caller.Is(any));
}
