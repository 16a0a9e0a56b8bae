namespace Ainalym.Kernel;

/// <summary>What an organisation's users may do. One role each in the interim sign-in; a set, so that several may come.</summary>
[Flags]
public enum Roles
{
    None = 0,
    Seller = 1,
    Buyer = 2,
    Operator = 4,
    Regulator = 8,

    /// <summary>The house itself: reminders and followers. Never given to a user.</summary>
    House = 1 << 30,
}

/// <summary>Who sends a command: a person (an id; the name is kept elsewhere and can be erased), for an organisation, in roles.</summary>
public sealed record Caller(Guid User, Guid Organisation, Roles Roles)
{
    /// <summary>The house itself, for commands that reminders and followers send.</summary>
    public static Caller House { get; } = new(Guid.Empty, Guid.Empty, Roles.House);

    public bool Is(Roles role) => (Roles & role) != Roles.None;

    /// <summary>How the journal keeps the caller: <c>user/organisation</c>, or <c>house</c>, which no user can be.</summary>
    public string Key => Is(Roles.House) && User == Guid.Empty && Organisation == Guid.Empty ? "house" : $"{User:N}/{Organisation:N}";
}
