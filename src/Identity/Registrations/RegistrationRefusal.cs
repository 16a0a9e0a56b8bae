namespace Ainalym.Identity.Registrations;

/// <summary>Why an organisation and its first user are not registered; the BIN and the region have reasons of their own in Kernel.</summary>
public enum RegistrationRefusal
{
    NameMissing,

    /// <summary>Fact: the greatest number of characters.</summary>
    NameTooLong,

    /// <summary>Control characters, or text that is not Unicode.</summary>
    NameUnreadable,

    /// <summary>Not seller or buyer: the other roles are given by the operator of the house.</summary>
    RoleNotOffered,

    EmailMissing,

    /// <summary>Not one address with a full domain, of at most 254 characters.</summary>
    EmailMalformed,

    /// <summary>Fact: the least number of characters.</summary>
    PasswordTooShort,

    /// <summary>Fact: the greatest number of characters.</summary>
    PasswordTooLong,

    /// <summary>Fewer than five different characters, or made of the e-mail address.</summary>
    PasswordTooSimple,

    /// <summary>An organisation with this BIN is registered already.</summary>
    BinRegistered,

    /// <summary>A user with this e-mail address is registered already.</summary>
    EmailRegistered,
}
