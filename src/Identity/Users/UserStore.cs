using System.Security.Cryptography;
using Ainalym.Journal;
using Microsoft.AspNetCore.Identity;

namespace Ainalym.Identity.Users;

/// <summary>
/// ASP.NET Core Identity's store of users, by Dapper through <see cref="IDatabase"/>. The lock-out is not Identity's: that one reads a count, adds one and
/// gives up when somebody else was faster, so parallel guesses are not counted. <see cref="Failed"/> counts in one statement.
/// </summary>
public sealed class UserStore(IDatabase db) : IUserPasswordStore<User>, IUserEmailStore<User>, IUserSecurityStampStore<User>
{
    /// <summary>Wrong passwords in a row, after which the user is locked out.</summary>
    public const int FailuresAllowed = 5;

    public static TimeSpan LockOut { get; } = TimeSpan.FromMinutes(15);

    public async Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken) => !Guid.TryParse(userId, out var id) ? null : (await db.Single<UserRow>($"""
        SELECT {UserRow.Columns}
        FROM users
        WHERE user_id = @id
        """, new { id = id.ToString("N") }, cancellationToken))?.Read();

    public async Task<User?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) => (await db.Single<UserRow>($"""
        SELECT {UserRow.Columns}
        FROM users
        WHERE email_normal = @email
        """, new { email = normalizedEmail }, cancellationToken))?.Read();

    /// <summary>Counts a wrong password; the last one allowed locks the user out. For an id that nobody has it does the same work and touches nothing.</summary>
    public Task<int> Failed(Guid id, DateTimeOffset now, CancellationToken ct) => db.Write(
        writing => writing.Run("""
            UPDATE users
            SET locked_until_ms = CASE WHEN failures + 1 >= @allowed THEN @until ELSE locked_until_ms END,
                failures = CASE WHEN failures + 1 >= @allowed THEN 0 ELSE failures + 1 END
            WHERE user_id = @id AND locked_until_ms <= @now
            """, new { id = id.ToString("N"), allowed = FailuresAllowed, until = (now + LockOut).ToUnixTimeMilliseconds(), now = now.ToUnixTimeMilliseconds() }),
        ct);

    /// <summary>Forgets the failures after a right password. False when the user is locked out, also by guesses that ran beside this one.</summary>
    public Task<bool> Succeeded(Guid id, DateTimeOffset now, CancellationToken ct) => db.Write(
        writing => writing.Run(
            "UPDATE users SET failures = 0 WHERE user_id = @id AND locked_until_ms <= @now",
            new { id = id.ToString("N"), now = now.ToUnixTimeMilliseconds() }) == 1,
        ct);

    public async Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken)
    {
        var known = user.ConcurrencyStamp;
        var next = NewStamp();
        var updated = await db.Write(
            writing => writing.Run("""
                UPDATE users
                SET email = @Email, email_normal = @EmailNormal, password_hash = @PasswordHash, security_stamp = @SecurityStamp, concurrency_stamp = @next
                WHERE user_id = @id AND concurrency_stamp = @known
                """, new { id = user.Id.ToString("N"), user.Email, user.EmailNormal, user.PasswordHash, user.SecurityStamp, next, known }),
            cancellationToken);
        if (updated == 0) return IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());
        user.ConcurrencyStamp = next;
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken)
    {
        await db.Write(writing => writing.Run("DELETE FROM users WHERE user_id = @id", new { id = user.Id.ToString("N") }), cancellationToken);
        return IdentityResult.Success;
    }

    /// <summary>A user comes into being with its organisation, in one write: <see cref="Registrations.Registrar"/>.</summary>
    public Task<IdentityResult> CreateAsync(User user, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Users are made by registering their organisation.");

    public Task<string> GetUserIdAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString("N"));

    public Task<string?> GetUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task SetUserNameAsync(User user, string? userName, CancellationToken cancellationToken) => SetEmailAsync(user, userName, cancellationToken);

    public Task<string?> GetNormalizedUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.EmailNormal);

    public Task SetNormalizedUserNameAsync(User user, string? normalizedName, CancellationToken cancellationToken) => SetNormalizedEmailAsync(user, normalizedName, cancellationToken);

    public Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => FindByEmailAsync(normalizedUserName, cancellationToken);

    public Task SetPasswordHashAsync(User user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash ?? throw new ArgumentNullException(nameof(passwordHash), "Every user has a password.");
        return Task.CompletedTask;
    }

    public Task<string?> GetPasswordHashAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.PasswordHash);

    public Task<bool> HasPasswordAsync(User user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetEmailAsync(User user, string? email, CancellationToken cancellationToken)
    {
        user.Email = email ?? throw new ArgumentNullException(nameof(email), "Every user has an e-mail address.");
        return Task.CompletedTask;
    }

    public Task<string?> GetEmailAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    /// <summary>Nobody is sent a mail to confirm: the interim sign-in takes the address as given.</summary>
    public Task<bool> GetEmailConfirmedAsync(User user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetEmailConfirmedAsync(User user, bool confirmed, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetNormalizedEmailAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.EmailNormal);

    public Task SetNormalizedEmailAsync(User user, string? normalizedEmail, CancellationToken cancellationToken)
    {
        user.EmailNormal = normalizedEmail ?? throw new ArgumentNullException(nameof(normalizedEmail), "Every user has an e-mail address.");
        return Task.CompletedTask;
    }

    public Task SetSecurityStampAsync(User user, string stamp, CancellationToken cancellationToken)
    {
        user.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    public Task<string?> GetSecurityStampAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public void Dispose()
    {
    }

    internal static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}

/// <summary>One way of comparing addresses, ours.</summary>
internal sealed class EmailNormaliser : ILookupNormalizer
{
    public string? NormalizeName(string? name) => name is null ? null : User.Normal(name);

    public string? NormalizeEmail(string? email) => email is null ? null : User.Normal(email);
}
