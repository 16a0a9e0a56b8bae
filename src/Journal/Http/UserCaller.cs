using System.Security.Claims;
using Ainalym.Kernel;

namespace Ainalym.Journal.Http;

/// <summary>Names of the claims in the cookie and in the tokens.</summary>
public static class UserClaims
{
    public const string User = "sub";
    public const string Organisation = "org";
    public const string Role = "role";
    public const string Email = "email";
    public const string SecurityStamp = "stamp";
}

/// <summary>Who is calling, from the signed-in principal and from nothing else.</summary>
public static class UserCaller
{
    extension(ClaimsPrincipal user)
    {
        /// <exception cref="InvalidOperationException">Nobody is signed in: the route lacks a policy.</exception>
        public Caller Caller => user.CallerOrNull ?? throw new InvalidOperationException("Nobody is signed in on a route that needs a caller: it lacks a policy.");

        /// <summary>None for a visitor.</summary>
        public Caller? CallerOrNull =>
            user.Identity is { IsAuthenticated: true } && Guid.TryParse(user.FindFirstValue(UserClaims.User), out var id) && Guid.TryParse(user.FindFirstValue(UserClaims.Organisation), out var organisation)
                ? new(id, organisation, user.FindAll(UserClaims.Role).Aggregate(Roles.None, (roles, claim) => roles | RoleOf(claim.Value)))
                : null;

        /// <summary>The organisation that the user acts for.</summary>
        public Guid Organisation => user.Caller.Organisation;
    }

    /// <summary>Only what a user can be: <see cref="Roles.House"/> is never read from a claim.</summary>
    private static Roles RoleOf(string claim) => claim switch
    {
        nameof(Roles.Seller) => Roles.Seller,
        nameof(Roles.Buyer) => Roles.Buyer,
        nameof(Roles.Operator) => Roles.Operator,
        nameof(Roles.Regulator) => Roles.Regulator,
        _ => Roles.None,
    };
}
