namespace Ainalym.Contracts.Settlement;

/// <summary>Why a ledger did not take a chain of transfers. The order is the order in which they are checked, for one transfer after the other; the field names the transfer.</summary>
public enum LedgerRefusal
{
    /// <summary>A chain without a transfer.</summary>
    NoTransfers,

    /// <summary>Fact: the most in one chain.</summary>
    TooManyTransfers,

    /// <summary>The same id was there before with other words; fact: the field that differs.</summary>
    ExistsWithAnother,

    /// <summary>Nothing is held under this id: it never was, or it is over.</summary>
    HoldNotOpen,

    /// <summary>No transfer with this id was ever held.</summary>
    HoldNotFound,

    /// <summary>Fact: how much was posted.</summary>
    HoldAlreadyPosted,

    HoldAlreadyVoided,

    /// <summary>Its time was over; fact: when.</summary>
    HoldAlreadyExpired,

    /// <summary>The amount is zero or less.</summary>
    AmountNotPositive,

    /// <summary>Fact: the ledger's currency.</summary>
    WrongCurrency,

    /// <summary>An account cannot pay itself.</summary>
    SameAccount,

    /// <summary>Not <c>[A-Za-z0-9][A-Za-z0-9-]{0,63}</c>.</summary>
    ReferenceMalformed,

    /// <summary>The end of the hold is not ahead.</summary>
    ExpiryNotAhead,

    /// <summary>Fact: how much is held.</summary>
    AmountExceedsHold,

    /// <summary>An account's sum would not fit into 64 bits of minor units.</summary>
    AmountTooLarge,

    /// <summary>The account would go below zero; facts: what is free on it, and how much is missing.</summary>
    InsufficientFunds,

    /// <summary>The account would go above zero, and may not; facts: how much it still takes, and how much is too much.</summary>
    CeilingExceeded,

    /// <summary>Fact: when the hold's time is over.</summary>
    NotYetExpired,
}
