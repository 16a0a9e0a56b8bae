namespace Ainalym.Identity.SignIns;

/// <summary>Why nobody was signed in. One reason for all that a guesser could tell apart.</summary>
public enum SignInRefusal
{
    /// <summary>No such user, another password, or locked out after five wrong ones: which of them is not said. (401)</summary>
    NotAccepted,

    /// <summary>The refresh token has run out, is no token of this house, or was revoked. (401)</summary>
    RefreshTokenNotAccepted,
}
