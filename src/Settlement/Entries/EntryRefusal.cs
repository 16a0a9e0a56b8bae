namespace Ainalym.Settlement.Entries;

/// <summary>Why a movement at the bank did not take an order. The order is the order in which they are checked.</summary>
public enum EntryRefusal
{
    EntryNotFound,

    /// <summary>The bank has told of the same reference before, otherwise; fact: the field that differs.</summary>
    EntryDiffers,

    /// <summary>Only what is to go back goes, and once; fact: what became of it.</summary>
    NotReturning,

    /// <summary>The return waits for a file to the bank: it can be taken back, and cannot have failed.</summary>
    NotFiled,

    /// <summary>Only what came in for nobody known is assigned, returned or a payout that comes back, and what went out unexplained is assigned; fact: what became of it.</summary>
    NotUnmatched,

    /// <summary>Only what went out and nobody can explain is a bank's charge or a payout; fact: what became of it.</summary>
    NotUnexplained,

    ReasonMissing,

    /// <summary>Fact: the most characters.</summary>
    ReasonTooLong,

    /// <summary>No organisation of this BIN is registered; fact: the BIN.</summary>
    OrganisationUnknown,

    /// <summary>There is no such payout; fact: its id.</summary>
    PayoutUnknown,

    /// <summary>The payout is of another amount than what went out, or from another account; facts: its amount, its account.</summary>
    PayoutDiffers,

    /// <summary>More came in than was paid out, so it does not give that back; fact: the payout's amount.</summary>
    AbovePayout,

    /// <summary>The bank did not say from which account it came, so it cannot go back.</summary>
    PayerUnknown,

    /// <summary>The account that it came into is not the house's any more, or not in this currency; fact: the currency.</summary>
    NoHouseAccount,
}
