using System.Diagnostics;
using System.Text.Json.Serialization;
using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Payouts;

/// <summary>Where a payout stands, and so what it waits for. Stored by name; a name never changes.</summary>
[JsonConverter(typeof(KebabCase<PayoutStanding>))]
public enum PayoutStanding
{
    /// <summary>Its money is set aside; it waits for the next file to the bank.</summary>
    Ordered,

    /// <summary>It is in a file to the bank, and waits for the bank's debit on a statement.</summary>
    Filed,

    /// <summary>Gone from the bank.</summary>
    Paid,

    /// <summary>The bank gave it back; the money is in the wallet again, less what the banks have kept.</summary>
    Returned,

    /// <summary>The bank did not take it, or the money was not there any more; what was set aside is in the wallet again.</summary>
    Failed,

    /// <summary>Taken back by the organisation before it was in a file; what was set aside is in the wallet again.</summary>
    Withdrawn,
}

/// <summary>What is paid, and to whom.</summary>
/// <param name="From">The house's account that pays.</param>
/// <param name="To">In force when it was ordered.</param>
/// <param name="Hold">Sets the money aside until the payout is booked.</param>
public sealed record PayoutFacts(Guid Organisation, string Name, Bin Bin, Money Amount, Iban From, Iban To, TransferId Hold);

/// <summary>A payout as its decider sees it.</summary>
public abstract record Payout : IState<Payout, PayoutEvent>
{
    private Payout() { }

    public static Payout Initial { get; } = new Unordered();

    public sealed record Unordered : Payout;

    /// <param name="File">The number of the file to the bank that it is in.</param>
    /// <param name="PaidBy">The bank's debit, by its entry.</param>
    /// <param name="ReturnedBy">The bank's credit, by its entry. It may be told before the debit.</param>
    /// <param name="Reason">Why it was returned or failed.</param>
    /// <param name="Charge">What the banks kept when they gave it back.</param>
    public sealed record Made(
        PayoutFacts Facts, long? File = null, string? PaidBy = null, string? ReturnedBy = null, bool HasFailed = false, string? Reason = null, bool IsWithdrawn = false, Money? Charge = null) : Payout
    {
        public PayoutStanding Standing =>
            IsWithdrawn ? PayoutStanding.Withdrawn
            : HasFailed ? PayoutStanding.Failed
            : ReturnedBy is not null ? PayoutStanding.Returned
            : PaidBy is not null ? PayoutStanding.Paid
            : File is not null ? PayoutStanding.Filed
            : PayoutStanding.Ordered;

        /// <summary>It is in no file, and may still be.</summary>
        public bool IsOpen => File is null && !HasFailed && !IsWithdrawn;
    }

    public Payout Evolve(PayoutEvent @event) => (this, @event) switch
    {
        (Unordered, PayoutOrdered e) => new Made(e.Facts),
        (Made made, PayoutFiled e) => made with { File = e.File },
        (Made made, PayoutPaid e) => made with { PaidBy = e.Entry },
        (Made made, PayoutReturned e) => made with { ReturnedBy = e.Entry, Reason = e.Reason, Charge = e.Charge },
        (Made made, PayoutFailed e) => made with { HasFailed = true, Reason = e.Reason },
        (Made made, PayoutWithdrawn) => made with { IsWithdrawn = true },
        _ => throw new UnreachableException($"{@event.GetType().Name} cannot follow {GetType().Name}."),
    };
}

/// <summary>An order about one payout.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(OrderPayout), "order-payout")]
[JsonDerivedType(typeof(FilePayout), "file-payout")]
[JsonDerivedType(typeof(ConfirmPayout), "confirm-payout")]
[JsonDerivedType(typeof(ReturnPayout), "return-payout")]
[JsonDerivedType(typeof(FailPayout), "fail-payout")]
[JsonDerivedType(typeof(DropPayout), "drop-payout")]
[JsonDerivedType(typeof(WithdrawPayout), "withdraw-payout")]
public abstract record PayoutCommand(Guid CommandId) : ICommand;

/// <summary>An organisation has its money paid out. The payout is called after this command.</summary>
/// <param name="Amount">More than zero.</param>
public sealed record OrderPayout(Guid CommandId, Guid Organisation, Money Amount) : PayoutCommand(CommandId)
{
    /// <summary>Read by the server; null where the organisation has no account in force, or the house none to pay from.</summary>
    public PayoutFacts? Facts { get; init; }
}

/// <summary>It is in a file to the bank; sent by the follower.</summary>
public sealed record FilePayout(Guid CommandId, long File) : PayoutCommand(CommandId);

/// <summary>A statement has its debit; sent by the follower.</summary>
public sealed record ConfirmPayout(Guid CommandId, string Entry) : PayoutCommand(CommandId);

/// <summary>A statement has it coming back; sent by the follower.</summary>
public sealed record ReturnPayout(Guid CommandId, string Entry, string Reason) : PayoutCommand(CommandId)
{
    /// <summary>What the banks have kept of it; null where it came back whole.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Money? Charge { get; init; }
}

/// <summary>The operator says that the bank did not take it.</summary>
public sealed record FailPayout(Guid CommandId, string Reason) : PayoutCommand(CommandId)
{
    public const int LongestReason = 500;
}

/// <summary>The money that was set aside is not there any more, as nobody booked it in time; sent by the follower.</summary>
public sealed record DropPayout(Guid CommandId) : PayoutCommand(CommandId);

/// <summary>The organisation has taken it back, and it will be in no file; sent by the follower.</summary>
public sealed record WithdrawPayout(Guid CommandId) : PayoutCommand(CommandId);

/// <summary>Why an order about a payout was not taken, in the order of checking.</summary>
public enum PayoutRefusal
{
    PayoutNotFound,

    /// <summary>The house has no bank account in this currency; fact: the currency.</summary>
    NoHouseAccount,

    /// <summary>The organisation has no bank account in force.</summary>
    NoAccountInForce,

    AmountNotPositive,

    /// <summary>The organisation owes the house, as a rail took back what it had paid in; fact: how much.</summary>
    DebtOpen,

    /// <summary>Facts: what is free, what is missing.</summary>
    FundsShort,

    /// <summary>The bank has not got it yet.</summary>
    NotFiled,

    /// <summary>Another entry of the bank's has said so before.</summary>
    AlreadyPaid,

    /// <summary>Another entry of the bank's has said so before.</summary>
    AlreadyReturned,

    AlreadyFailed,

    /// <summary>It is in a file to the bank, or is not there to be taken back any more.</summary>
    AlreadyFiled,

    /// <summary>It was ordered this moment, and is not among what waits yet: in a moment it is.</summary>
    NotQueuedYet,

    /// <summary>Without one, or longer than may be; fact: the most characters.</summary>
    FailureReasonMissing,
}

/// <summary>What has happened to a payout.</summary>
public abstract record PayoutEvent([property: JsonPropertyName("at_ms"), JsonConverter(typeof(UnixMilliseconds))] DateTimeOffset At);

public sealed record PayoutOrdered(PayoutFacts Facts, DateTimeOffset At) : PayoutEvent(At);

public sealed record PayoutFiled(long File, DateTimeOffset At) : PayoutEvent(At);

public sealed record PayoutPaid(string Entry, DateTimeOffset At) : PayoutEvent(At);

/// <param name="Charge">What the banks have kept of it; null where it came back whole.</param>
public sealed record PayoutReturned(string Entry, string Reason, DateTimeOffset At, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Money? Charge = null) : PayoutEvent(At);

/// <param name="GivesBack">Money was set aside for it and goes back to the wallet.</param>
public sealed record PayoutFailed(string Reason, bool GivesBack, DateTimeOffset At) : PayoutEvent(At);

public sealed record PayoutWithdrawn(DateTimeOffset At) : PayoutEvent(At);
