using System.Security.Claims;
using Ainalym.Identity.Users;
using Ainalym.Journal.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Ainalym.Identity.SignIns;

public sealed record SignInRequest(string Email, string Password);

public sealed record RefreshRequest(string RefreshToken);

/// <summary>Tokens for the API, under <c>/api/v1/sign-in</c>: the framework's own, opaque, for a quarter of an hour, and a refresh token for a fortnight.</summary>
public static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder api)
    {
        var signIn = api.MapGroup("/sign-in").WithTags("Sign-in");
        signIn.MapPost("", SignIn).WithName("SignIn").WithSummary("Exchange e-mail and password for an access and a refresh token.")
            .Produces<AccessTokenResponse>().Produces<ProblemDocument>(StatusCodes.Status401Unauthorized, Problem.MediaType).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);
        signIn.MapPost("/refresh", Refresh).WithName("RefreshTokens").WithSummary("Exchange a refresh token for new tokens.")
            .Produces<AccessTokenResponse>().Produces<ProblemDocument>(StatusCodes.Status401Unauthorized, Problem.MediaType).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);
        signIn.MapPost("/revoke", Revoke).WithName("RevokeTokens").WithSummary("Sign yourself out everywhere: cookies within a minute, refresh tokens at once.")
            .RequireAuthorization(Policies.SignedIn);
    }

    private static async Task<Results<SignInHttpResult, Problem>> SignIn(SignInRequest body, PasswordCheck passwords, IUserClaimsPrincipalFactory<User> principals, CancellationToken ct) =>
        await passwords.Check(body.Email, body.Password, ct) is { } user
            ? TypedResults.SignIn(await principals.CreateAsync(user), authenticationScheme: IdentityConstants.BearerScheme)
            : Problems.NotSignedIn(SignInRefusal.NotAccepted);

    private static async Task<Results<SignInHttpResult, Problem>> Refresh(
        RefreshRequest body, IOptionsMonitor<BearerTokenOptions> options, SignInManager<User> signIns, IUserClaimsPrincipalFactory<User> principals, TimeProvider time)
    {
        var ticket = options.Get(IdentityConstants.BearerScheme).RefreshTokenProtector.Unprotect(body.RefreshToken);
        if (ticket?.Properties.ExpiresUtc is not { } expires || time.GetUtcNow() >= expires) return Problems.NotSignedIn(SignInRefusal.RefreshTokenNotAccepted);

        return await signIns.ValidateSecurityStampAsync(ticket.Principal) is { } user
            ? TypedResults.SignIn(await principals.CreateAsync(user), authenticationScheme: IdentityConstants.BearerScheme)
            : Problems.NotSignedIn(SignInRefusal.RefreshTokenNotAccepted);
    }

    /// <summary>Doing it twice is doing it once more: it needs no idempotency key.</summary>
    private static async Task<NoContent> Revoke(ClaimsPrincipal principal, UserManager<User> users)
    {
        if (await users.GetUserAsync(principal) is { } user) await users.UpdateSecurityStampAsync(user);
        return TypedResults.NoContent();
    }
}
