using Ainalym.Identity.Users;
using Ainalym.Journal;
using Ainalym.Kernel;
using Microsoft.AspNetCore.Identity;

namespace Ainalym.Identity.Registrations;

/// <summary>The ids that a registration was given.</summary>
public sealed record Registered(Guid Organisation, Guid User);

/// <summary>Writes an organisation and its first user, both or neither. Repeated with the same command id it gives the same ids.</summary>
public sealed class Registrar(IDatabase db, IPasswordHasher<User> hasher, TimeProvider time)
{
    public async Task<(Registered? Registered, IReadOnlyList<Refusal> Refusals)> Register(Registration registration, Guid commandId, CancellationToken ct)
    {
        if (await Before(registration, commandId, ct) is { } before) return before;
        var user = UserOf(registration);
        var refusals = await db.Write<IReadOnlyList<Refusal>?>(
            writing =>
            {
                if (writing.Scalar<long>("SELECT COUNT(*) FROM organisations WHERE command_id = @id", new { id = commandId.ToString("N") }) > 0) return null;

                var found = new List<Refusal>();
                if (writing.Scalar<long>("SELECT COUNT(*) FROM organisations WHERE bin = @bin", new { bin = registration.Bin.ToString() }) > 0)
                    found.Add(new Refusal(RegistrationRefusal.BinRegistered).About("bin"));
                if (writing.Scalar<long>("SELECT COUNT(*) FROM users WHERE email_normal = @EmailNormal", new { user.EmailNormal }) > 0)
                    found.Add(new Refusal(RegistrationRefusal.EmailRegistered).About("email"));
                if (found.Count == 0) Insert(writing, registration, user, commandId, time.GetUtcNow().ToUnixTimeMilliseconds());
                return found;
            },
            ct);

        return refusals switch
        {
            null => await Before(registration, commandId, ct) ?? throw new InvalidOperationException($"The registration {commandId:N} was there and is gone."),
            [] => (new(user.OrganisationId, user.Id), []),
            _ => (null, refusals),
        };
    }

    private User UserOf(Registration registration)
    {
        var user = new User
        {
            Id = CommandIds.New(time),
            OrganisationId = CommandIds.New(time),
            Email = registration.Email,
            EmailNormal = User.Normal(registration.Email),
            PasswordHash = "",
            SecurityStamp = UserStore.NewStamp(),
            ConcurrencyStamp = UserStore.NewStamp(),
        };
        user.PasswordHash = hasher.HashPassword(user, registration.Password);
        return user;
    }

    /// <summary>What this command id registered before. The password is asked for again: a page signs in whoever has registered.</summary>
    private async Task<(Registered?, IReadOnlyList<Refusal>)?> Before(Registration registration, Guid commandId, CancellationToken ct)
    {
        var row = await db.Single<BeforeRow>("""
            SELECT o.bin AS Bin, u.email_normal AS Email, u.password_hash AS PasswordHash, o.organisation_id AS OrganisationId, u.user_id AS UserId
            FROM organisations o JOIN users u ON u.organisation_id = o.organisation_id AND u.created_at_ms = o.created_at_ms
            WHERE o.command_id = @id
            """, new { id = commandId.ToString("N") }, ct);
        if (row is null) return null;
        var isSame = row.Bin == registration.Bin.ToString()
            && row.Email == User.Normal(registration.Email)
            && hasher.VerifyHashedPassword(UserOf(registration), row.PasswordHash, registration.Password) != PasswordVerificationResult.Failed;
        return isSame ? (new(Guid.ParseExact(row.OrganisationId, "N"), Guid.ParseExact(row.UserId, "N")), []) : (null, [JournalRefusal.CommandIdReused]);
    }

    private static void Insert(Writing writing, Registration registration, User user, Guid commandId, long nowMs)
    {
        writing.Run("""
            INSERT INTO organisations (organisation_id, bin, name, region, role, head_id, is_demo, command_id, created_at_ms)
            VALUES (@id, @bin, @name, @region, @role, NULL, @demo, @command, @now)
            """, new
        {
            id = user.OrganisationId.ToString("N"),
            bin = registration.Bin.ToString(),
            name = registration.Name,
            region = registration.Region.Code,
            role = registration.Role.ToString(),
            demo = registration.IsDemo ? 1L : 0L,
            command = commandId.ToString("N"),
            now = nowMs,
        });
        writing.Run("""
            INSERT INTO users (user_id, organisation_id, email, email_normal, password_hash, security_stamp, concurrency_stamp, failures, locked_until_ms, created_at_ms)
            VALUES (@id, @organisation, @Email, @EmailNormal, @PasswordHash, @SecurityStamp, @ConcurrencyStamp, 0, 0, @now)
            """, new
        {
            id = user.Id.ToString("N"),
            organisation = user.OrganisationId.ToString("N"),
            user.Email,
            user.EmailNormal,
            user.PasswordHash,
            user.SecurityStamp,
            user.ConcurrencyStamp,
            now = nowMs,
        });
    }

    private sealed record BeforeRow(string Bin, string Email, string PasswordHash, string OrganisationId, string UserId);
}
