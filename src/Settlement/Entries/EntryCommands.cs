using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Entries;

/// <summary>An order about one movement at the bank.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(BookEntry), "book-entry")]
[JsonDerivedType(typeof(SplitEntry), "split-entry")]
[JsonDerivedType(typeof(AssignEntry), "assign-entry")]
[JsonDerivedType(typeof(ReturnEntry), "return-entry")]
[JsonDerivedType(typeof(EndReturn), "end-return")]
[JsonDerivedType(typeof(FailReturn), "fail-return")]
[JsonDerivedType(typeof(WithdrawReturn), "withdraw-return")]
[JsonDerivedType(typeof(ChargeEntry), "charge-entry")]
[JsonDerivedType(typeof(ExplainEntry), "explain-entry")]
[JsonDerivedType(typeof(DisownEntry), "disown-entry")]
public abstract record EntryCommand(Guid CommandId) : ICommand;

/// <summary>A statement tells of it; told again, it changes nothing.</summary>
public sealed record BookEntry(Guid CommandId, EntryFacts Facts) : EntryCommand(CommandId)
{
    /// <summary>Read by the server: the organisation that the payer has named.</summary>
    public Guid? Organisation { get; init; }

    /// <summary>Read by the server: it went out as the return of another entry, which waits for that, with the same amount.</summary>
    public bool IsReturn { get; init; }

    /// <summary>Read by the server: it is called as a payout of the same amount: a debit is its payment, a credit its return. What the rail says to be the return of so much may also bring less.</summary>
    public bool IsPayout { get; init; }

    /// <summary>Read by the server: it is told by another reference too, which has other figures. So it corrects what both stand for, and is no movement of its own.</summary>
    public bool Corrects { get; init; }
}

/// <summary>
/// A statement tells of it as of several movements. Told again it changes nothing; told with other parts, or as one movement, it is refused, so that no part of it counts twice. Of one part it is but
/// another name of that movement, and told as that it changes nothing; told as a movement of another amount or direction it is that one. Where it is a movement itself, that is refused.
/// </summary>
/// <param name="Parts">How many.</param>
/// <param name="Digest">SHA-256 of the parts' references and amounts, in their order, as hex digits.</param>
public sealed record SplitEntry(Guid CommandId, EntryFacts Facts, int Parts, string Digest) : EntryCommand(CommandId)
{
    public static SplitEntry Into(Guid commandId, EntryFacts facts, IReadOnlyList<EntryFacts> parts) => new(
        commandId, facts, parts.Count, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(parts.Select(part => $"{part.Reference} {part.Amount}\n"))))));
}

/// <summary>For whom it came in, or from whom it was taken back: the operator says so, or the house, as what it undoes was his.</summary>
public sealed record AssignEntry(Guid CommandId, Guid Organisation) : EntryCommand(CommandId);

/// <summary>The operator has it sent back to the payer.</summary>
public sealed record ReturnEntry(Guid CommandId, string Reason) : EntryCommand(CommandId);

/// <summary>The bank's debit says that it has gone back; sent by the follower.</summary>
/// <param name="By">That debit, by its entry.</param>
/// <param name="Payment">The payment that it says to be.</param>
public sealed record EndReturn(Guid CommandId, string By, string Payment) : EntryCommand(CommandId);

/// <summary>The operator says that the rail did not make the return; the desk has looked that a file has it.</summary>
public sealed record FailReturn(Guid CommandId, string Reason) : EntryCommand(CommandId);

/// <summary>The return was taken back before it was in a file; sent by the follower.</summary>
public sealed record WithdrawReturn(Guid CommandId, string Payment) : EntryCommand(CommandId);

/// <summary>The operator says that the bank took it for its work.</summary>
public sealed record ChargeEntry(Guid CommandId) : EntryCommand(CommandId);

/// <summary>The operator says that it went out as this payout, or gives it back, though it does not say so itself.</summary>
/// <param name="Payout">By its id; the desk has looked that it waits for so much, or that no more comes back than was paid.</param>
public sealed record ExplainEntry(Guid CommandId, string Payout) : EntryCommand(CommandId);

/// <summary>The payout or return that it is called as has been made, or given back, by another entry before; sent by the follower.</summary>
public sealed record DisownEntry(Guid CommandId) : EntryCommand(CommandId);

/// <summary>What has happened to a movement at the bank.</summary>
public abstract record EntryEvent([property: JsonPropertyName("at_ms"), JsonConverter(typeof(UnixMilliseconds))] DateTimeOffset At);

/// <param name="Organisation">Whom the payer has named.</param>
public sealed record EntryBooked(EntryFacts Facts, EntryStanding Standing, Guid? Organisation, DateTimeOffset At) : EntryEvent(At);

/// <param name="Parts">How many movements it is, which are told of by themselves. One: it is another name of that movement.</param>
/// <param name="Digest">By which they are known again.</param>
public sealed record EntrySplit(EntryFacts Facts, int Parts, string Digest, DateTimeOffset At) : EntryEvent(At);

public sealed record EntryAssigned(Guid Organisation, DateTimeOffset At) : EntryEvent(At);

/// <param name="Payment">What the payment back is called, where one before it came to nothing; the first is called as the entry.</param>
public sealed record EntryReturning(string Reason, DateTimeOffset At, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Payment = null) : EntryEvent(At);

/// <summary>It does not go back after all, and waits for the operator again.</summary>
/// <param name="Reason">Why the rail did not make the payment; empty where it was taken back.</param>
public sealed record EntryKept(string Reason, DateTimeOffset At) : EntryEvent(At);

/// <param name="By">The debit that said so, by its entry; the first that were written did not say it.</param>
public sealed record EntryReturned(DateTimeOffset At, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? By = null) : EntryEvent(At);

public sealed record EntryCharged(DateTimeOffset At) : EntryEvent(At);

/// <param name="Payout">By its id.</param>
/// <param name="ReturnReason">Why the other bank has given it back, where the statement said it.</param>
public sealed record EntryExplained(string Payout, DateTimeOffset At, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ReturnReason = null) : EntryEvent(At);

public sealed record EntryDisowned(DateTimeOffset At) : EntryEvent(At);
