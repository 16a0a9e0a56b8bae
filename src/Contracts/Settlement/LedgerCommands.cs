using System.Text.Json.Serialization;
using Ainalym.Kernel;

namespace Ainalym.Contracts.Settlement;

/// <summary>The ledgers, one for each currency, called by its letters: <c>KZT</c>.</summary>
public static class LedgerAddress
{
    public static Address<LedgerCommand, LedgerRefusal> Ledger { get; } = new("settlement/ledger");
}

/// <summary>An order to the ledger of one currency. Only the house sends it: people's orders become transfers in a module that knows why.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(MakeTransfers), "make-transfers")]
[JsonDerivedType(typeof(ExpireHold), "expire-hold")]
public abstract record LedgerCommand(Guid CommandId) : ICommand;

/// <summary>A chain of transfers, in order: all of them or none. Each sees what those before it did.</summary>
/// <param name="Transfers">From 1 to <see cref="LongestChain"/>; the transfers' ids are the command's with their place in the chain.</param>
public sealed record MakeTransfers(Guid CommandId, IReadOnlyList<TransferOrder> Transfers) : LedgerCommand(CommandId)
{
    public const int LongestChain = 1_000;
}

/// <summary>Ends a hold whose time is over; sent by its reminder.</summary>
/// <param name="Due">When the reminder was due.</param>
public sealed record ExpireHold(Guid CommandId, TransferId Hold, DateTimeOffset Due) : LedgerCommand(CommandId), IDueCommand;

/// <summary>What money moves for. Stored by name; a name never changes.</summary>
[JsonConverter(typeof(KebabCase<TransferPurpose>))]
public enum TransferPurpose
{
    /// <summary>Money that came in for an organisation.</summary>
    TopUp,

    /// <summary>Held so that a bid is meant.</summary>
    Guarantee,

    /// <summary>The buyer pays for the goods.</summary>
    Payment,

    /// <summary>The seller's part of a deal.</summary>
    Proceeds,

    /// <summary>The platform's part of a deal.</summary>
    Fee,

    /// <summary>Value added tax on the platform's part.</summary>
    Vat,

    /// <summary>What was paid too much, back to the buyer.</summary>
    Refund,

    /// <summary>A guarantee lost by who did not pay.</summary>
    Forfeit,

    /// <summary>On its way to an organisation's bank account, and gone from the bank.</summary>
    Payout,

    /// <summary>A payout that the bank gave back.</summary>
    PayoutReturned,

    /// <summary>Money that came in for nobody known, and what became of it.</summary>
    Unmatched,

    /// <summary>What the bank takes for its work.</summary>
    BankCharge,

    /// <summary>A rail took back what it had brought, by a refund, a chargeback or a correction; and what was paid of the debt that this left.</summary>
    TakenBack,
}

/// <summary>One transfer of a chain.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "transfer")]
[JsonDerivedType(typeof(Post), "post")]
[JsonDerivedType(typeof(Hold), "hold")]
[JsonDerivedType(typeof(PostHold), "post-hold")]
[JsonDerivedType(typeof(VoidHold), "void-hold")]
public abstract record TransferOrder
{
    private TransferOrder()
    {
    }

    /// <summary>Moves the amount at once.</summary>
    /// <param name="Amount">More than zero.</param>
    /// <param name="Reference">What it is for, <c>[A-Za-z0-9][A-Za-z0-9-]{0,63}</c>: a lot, a deal, an invoice, a bank entry.</param>
    public sealed record Post(AccountId Debit, AccountId Credit, Money Amount, TransferPurpose Purpose, string Reference) : TransferOrder;

    /// <summary>Sets the amount aside on both accounts until it is posted, voided or expires: the first phase of two.</summary>
    /// <param name="ExpiresAt">Exclusive: at that instant it is over. Null: it has no clock of its own.</param>
    public sealed record Hold(AccountId Debit, AccountId Credit, Money Amount, TransferPurpose Purpose, string Reference, DateTimeOffset? ExpiresAt = null) : TransferOrder;

    /// <summary>Moves what was held, or a part of it; the rest is let go.</summary>
    /// <param name="Amount">More than zero, at most what is held. Null: all of it.</param>
    public sealed record PostHold(TransferId Held, TransferPurpose Purpose, Money? Amount = null) : TransferOrder;

    /// <summary>Lets go of all that was held.</summary>
    public sealed record VoidHold(TransferId Held) : TransferOrder;
}
