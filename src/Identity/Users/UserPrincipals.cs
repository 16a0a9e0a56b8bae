using System.Security.Claims;
using Ainalym.Identity.Organisations;
using Ainalym.Journal.Http;
using Microsoft.AspNetCore.Identity;

namespace Ainalym.Identity.Users;

/// <summary>What cookie and token carry of a user: ids, the role and the security stamp. Made anew whenever the stamp is checked, so a changed role arrives.</summary>
public sealed class UserPrincipals(OrganisationQueries organisations) : IUserClaimsPrincipalFactory<User>
{
    public async Task<ClaimsPrincipal> CreateAsync(User user)
    {
        var organisation = await organisations.ById(user.OrganisationId, CancellationToken.None)
            ?? throw new InvalidOperationException($"User {user.Id:N} belongs to organisation {user.OrganisationId:N}, which is not there.");
        return new ClaimsPrincipal(new ClaimsIdentity(
            [
                new Claim(UserClaims.User, user.Id.ToString("N")),
                new Claim(UserClaims.Organisation, organisation.Id.ToString("N")),
                new Claim(UserClaims.Role, organisation.Role.ToString()),
                new Claim(UserClaims.Email, user.Email),
                new Claim(UserClaims.SecurityStamp, user.SecurityStamp),
            ],
            IdentityConstants.ApplicationScheme,
            UserClaims.Email,
            UserClaims.Role));
    }
}
