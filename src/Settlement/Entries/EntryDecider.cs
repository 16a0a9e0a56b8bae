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
        (Entry.Unknown, BookEntry book) => new EntryBooked(book.Facts, StandingOf(book), StandingOf(book) == EntryStanding.Matched ? book.Organisation : null, now),
        (Entry.Unknown, SplitEntry split) => new EntrySplit(split.Facts, split.Parts, split.Digest, now),
        (Entry.Unknown, _) => EntryRefusal.EntryNotFound,
        (Entry.Booked booked, BookEntry book) => ToldAgain(booked, book.Facts, parts: null),
        (Entry.Booked booked, SplitEntry split) => ToldAgain(booked, split.Facts, split.Digest),
        (Entry.Booked { Standing: EntryStanding.Returning }, EndReturn end) => new EntryReturned(now, end.By),
        (Entry.Booked booked, EndReturn end) => booked.ReturnedBy == end.By ? Decision<EntryEvent>.Nothing : new Refusal(EntryRefusal.NotReturning, KebabCase.Name(booked.Standing)),
        (Entry.Booked { Standing: EntryStanding.PayoutPaid or EntryStanding.PayoutReturned or EntryStanding.ReturnSent }, DisownEntry) => new EntryDisowned(now),
        (Entry.Booked, DisownEntry) => Decision<EntryEvent>.Nothing,
        (Entry.Booked { Standing: EntryStanding.Unexplained }, ChargeEntry) => new EntryCharged(now),
        (Entry.Booked { Standing: EntryStanding.Unexplained }, ExplainEntry explain) => new EntryExplained(explain.Payout, now),
        (Entry.Booked booked, ChargeEntry or ExplainEntry) => new Refusal(EntryRefusal.NotUnexplained, KebabCase.Name(booked.Standing)),
        (Entry.Booked { Standing: EntryStanding.Unexplained }, AssignEntry assign) => new EntryAssigned(assign.Organisation, now),
        (Entry.Booked { Standing: not EntryStanding.Unmatched } booked, _) => new Refusal(EntryRefusal.NotUnmatched, KebabCase.Name(booked.Standing)),
        (Entry.Booked, AssignEntry assign) => new EntryAssigned(assign.Organisation, now),
        (Entry.Booked booked, ReturnEntry giveBack) => Return(booked.Facts, giveBack, now),
        _ => throw new UnreachableException($"No rule for {command.GetType().Name} on {entry.GetType().Name}."),
    };

    private static Decision<EntryEvent> ToldAgain(Entry.Booked booked, EntryFacts facts, string? parts) =>
        (booked.Facts.DifferenceTo(facts) ?? (booked.Parts == parts ? null : "parts")) is { } field ? new Refusal(EntryRefusal.EntryDiffers, field) : Decision<EntryEvent>.Nothing;

    private static EntryStanding StandingOf(BookEntry book) => book switch
    {
        { IsPayout: true } => book.Facts.IsCredit ? EntryStanding.PayoutReturned : EntryStanding.PayoutPaid,
        { Facts.IsCredit: true, Organisation: not null } => EntryStanding.Matched,
        { Facts.IsCredit: true } => EntryStanding.Unmatched,
        { IsReturn: true } => EntryStanding.ReturnSent,
        _ => EntryStanding.Unexplained,
    };

    private static Decision<EntryEvent> Return(EntryFacts facts, ReturnEntry giveBack, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(giveBack.Reason)) return new Refusal(EntryRefusal.ReasonMissing).About("reason");
        if (giveBack.Reason.Trim().Length > ReasonLength) return new Refusal(EntryRefusal.ReasonTooLong, ReasonLength).About("reason");
        return facts is { PayerAccount: null, Account.Kind: RailKind.Bank } ? EntryRefusal.PayerUnknown : new EntryReturning(giveBack.Reason.Trim(), now);
    }
}
