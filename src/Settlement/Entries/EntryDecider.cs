using System.Diagnostics;
using Ainalym.Kernel;
using Ainalym.Settlement.Rails;

namespace Ainalym.Settlement.Entries;

/// <summary>The rules of what rails tell: each movement once, and what nobody knows waits for the operator.</summary>
public static class EntryDecider
{
    public const int ReasonLength = 500;

    public static Decision<EntryEvent> Decide(Entry entry, EntryCommand command, DateTimeOffset now) => (entry, command) switch
    {
        (Entry.Unknown, BookEntry book) => Book(book, now),
        (Entry.Unknown, SplitEntry split) => new EntrySplit(split.Facts, split.Parts, split.Digest, now),
        (Entry.Unknown, _) => EntryRefusal.EntryNotFound,
        (Entry.Booked { IsName: true } name, BookEntry { Corrects: false } book) when name.Facts.DifferenceTo(book.Facts) is "amount" or "direction" => Book(book, now),
        (Entry.Booked booked, BookEntry book) => ToldAgain(booked, book.Facts, parts: null),
        (Entry.Booked { Parts: null } booked, SplitEntry { Parts: 1 } name) when booked.Facts.DifferenceTo(name.Facts) is null or "booked" => new Refusal(EntryRefusal.EntryDiffers, "reference"),
        (Entry.Booked booked, SplitEntry split) => ToldAgain(booked, split.Facts, split.Digest),
        (Entry.Booked { Standing: EntryStanding.Returning } booked, EndReturn end) when end.Payment == (booked.Payment ?? booked.Facts.Id) => new EntryReturned(now, end.By),
        (Entry.Booked booked, EndReturn end) => booked.ReturnedBy == end.By ? Decision<EntryEvent>.Nothing : new Refusal(EntryRefusal.NotReturning, KebabCase.Name(booked.Standing)),
        (Entry.Booked { Standing: EntryStanding.Returning }, FailReturn { Reason: var reason }) => Wrong(reason) is { } wrong ? wrong : new EntryKept(reason.Trim(), now),
        (Entry.Booked { Standing: EntryStanding.Returning } booked, WithdrawReturn back) when back.Payment == (booked.Payment ?? booked.Facts.Id) => new EntryKept("", now),
        (Entry.Booked booked, FailReturn or WithdrawReturn) => new Refusal(EntryRefusal.NotReturning, KebabCase.Name(booked.Standing)),
        (Entry.Booked { Standing: EntryStanding.PayoutPaid or EntryStanding.PayoutReturned or EntryStanding.ReturnSent }, DisownEntry) => new EntryDisowned(now),
        (Entry.Booked, DisownEntry) => Decision<EntryEvent>.Nothing,
        (Entry.Booked { Standing: EntryStanding.Unexplained }, ChargeEntry) => new EntryCharged(now),
        (Entry.Booked { Standing: EntryStanding.Unexplained or EntryStanding.Unmatched } booked, ExplainEntry explain) => new EntryExplained(explain.Payout, now, booked.Facts.ReturnReason),
        (Entry.Booked { Facts.IsCredit: true } booked, ExplainEntry) => new Refusal(EntryRefusal.NotUnmatched, KebabCase.Name(booked.Standing)),
        (Entry.Booked booked, ChargeEntry or ExplainEntry) => new Refusal(EntryRefusal.NotUnexplained, KebabCase.Name(booked.Standing)),
        (Entry.Booked { Standing: EntryStanding.Unexplained }, AssignEntry assign) => new EntryAssigned(assign.Organisation, now),
        (Entry.Booked { Standing: not EntryStanding.Unmatched } booked, _) => new Refusal(EntryRefusal.NotUnmatched, KebabCase.Name(booked.Standing)),
        (Entry.Booked, AssignEntry assign) => new EntryAssigned(assign.Organisation, now),
        (Entry.Booked booked, ReturnEntry giveBack) => Return(booked, giveBack, now),
        _ => throw new UnreachableException($"No rule for {command.GetType().Name} on {entry.GetType().Name}."),
    };

    private static EntryBooked Book(BookEntry book, DateTimeOffset now) => new(book.Facts, StandingOf(book), StandingOf(book) == EntryStanding.Matched ? book.Organisation : null, now);

    private static Decision<EntryEvent> ToldAgain(Entry.Booked booked, EntryFacts facts, string? parts) =>
        (booked.Facts.DifferenceTo(facts) ?? (booked.Parts == parts || (booked.IsName && parts is null) ? null : "parts")) is { } field ? new Refusal(EntryRefusal.EntryDiffers, field) : Decision<EntryEvent>.Nothing;

    private static EntryStanding StandingOf(BookEntry book) => book switch
    {
        { IsPayout: true } => book.Facts.IsCredit ? EntryStanding.PayoutReturned : EntryStanding.PayoutPaid,
        { Facts.IsCredit: true, Organisation: not null } => EntryStanding.Matched,
        { Facts.IsCredit: true } => EntryStanding.Unmatched,
        { IsReturn: true } => EntryStanding.ReturnSent,
        _ => EntryStanding.Unexplained,
    };

    private static Decision<EntryEvent> Return(Entry.Booked booked, ReturnEntry giveBack, DateTimeOffset now)
    {
        if (Wrong(giveBack.Reason) is { } wrong) return wrong;
        return booked.Facts is { PayerAccount: null, Account.Kind: RailKind.Bank } ? EntryRefusal.PayerUnknown : new EntryReturning(giveBack.Reason.Trim(), now, booked.Facts.PaymentAfter(booked.Returns));
    }

    /// <summary>What is wrong with a reason, if anything is.</summary>
    private static Refusal? Wrong(string reason) =>
        string.IsNullOrWhiteSpace(reason) ? new Refusal(EntryRefusal.ReasonMissing).About("reason")
        : reason.Trim().Length > ReasonLength ? new Refusal(EntryRefusal.ReasonTooLong, ReasonLength).About("reason")
        : null;
}
