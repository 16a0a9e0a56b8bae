using Ainalym.Identity.Registrations;
using Ainalym.Identity.Users;
using Microsoft.AspNetCore.Identity;

namespace Ainalym.Identity.SignIns;

/// <summary>
/// Is this the user's password? An unknown user, a wrong password and a locked-out user take the same road: one read, one hash, one write; so neither the
/// answer nor the time tells them apart.
/// </summary>
public sealed class PasswordCheck(UserStore users, IPasswordHasher<User> hasher, NobodysPassword nobody, TimeProvider time)
{
    /// <summary>The user, or none.</summary>
    public async Task<User?> Check(string email, string password, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var user = email.Length <= Registration.LongestEmail ? await users.FindByEmailAsync(User.Normal(email), ct) : null;
        var asked = password.Length <= Registration.LongestPassword ? password : "";
        var right = hasher.VerifyHashedPassword(user ?? nobody.User, user?.PasswordHash ?? nobody.User.PasswordHash, asked) != PasswordVerificationResult.Failed;
        if (user is not null && right && now >= user.LockedUntil)
            return await users.Succeeded(user.Id, now, ct) ? user : null;

        await users.Failed(user?.Id ?? nobody.User.Id, now, ct);
        return null;
    }
}

/// <summary>Stands in for unknown users, so that a password is hashed for them too. Nobody has its password.</summary>
public sealed class NobodysPassword
{
    public NobodysPassword(IPasswordHasher<User> hasher)
    {
        User = new User
        {
            Id = Guid.Empty,
            OrganisationId = Guid.Empty,
            Email = "",
            EmailNormal = "",
            PasswordHash = "",
            SecurityStamp = "",
            ConcurrencyStamp = "",
        };
        User.PasswordHash = hasher.HashPassword(User, UserStore.NewStamp());
    }

    internal User User { get; }
}
