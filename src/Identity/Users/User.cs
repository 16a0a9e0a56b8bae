namespace Ainalym.Identity.Users;

/// <summary>A person who may sign in for one organisation. Its properties are set because ASP.NET Core Identity changes a user before it saves it.</summary>
public sealed class User
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string Email { get; set; }

    /// <summary>What is compared: <see cref="Normal"/>.</summary>
    public required string EmailNormal { get; set; }

    public required string PasswordHash { get; set; }

    /// <summary>Changes with the password and when everyone is to be signed out; cookies and tokens carry it.</summary>
    public required string SecurityStamp { get; set; }

    public required string ConcurrencyStamp { get; set; }

    public DateTimeOffset LockedUntil { get; init; }

    /// <summary>Case and Unicode form make no other address.</summary>
    public static string Normal(string email) => email.Trim().Normalize(System.Text.NormalizationForm.FormKC).ToLowerInvariant();
}

/// <summary>A row of <c>users</c>.</summary>
internal sealed record UserRow(
    string Id, string OrganisationId, string Email, string EmailNormal, string PasswordHash, string SecurityStamp, string ConcurrencyStamp, long LockedUntilMs)
{
    public const string Columns = """
        user_id AS Id, organisation_id AS OrganisationId, email AS Email, email_normal AS EmailNormal, password_hash AS PasswordHash,
        security_stamp AS SecurityStamp, concurrency_stamp AS ConcurrencyStamp, locked_until_ms AS LockedUntilMs
        """;

    public User Read() => new()
    {
        Id = Guid.ParseExact(Id, "N"),
        OrganisationId = Guid.ParseExact(OrganisationId, "N"),
        Email = Email,
        EmailNormal = EmailNormal,
        PasswordHash = PasswordHash,
        SecurityStamp = SecurityStamp,
        ConcurrencyStamp = ConcurrencyStamp,
        LockedUntil = DateTimeOffset.FromUnixTimeMilliseconds(LockedUntilMs),
    };
}
