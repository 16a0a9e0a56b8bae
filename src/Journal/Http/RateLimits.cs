namespace Ainalym.Journal.Http;

/// <summary>Names of the rate limits that routes may ask for beside the general one.</summary>
public static class RateLimits
{
    /// <summary>Guessing passwords and filling the register: few a minute from one address.</summary>
    public const string SignIn = "sign-in";
}
