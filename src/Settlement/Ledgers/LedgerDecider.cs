using System.Diagnostics;
using System.Text.RegularExpressions;
using Ainalym.Contracts.Settlement;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Ledgers;

/// <summary>The rules of bookkeeping: both sides of a transfer at once, no account below its floor or above its ceiling, what is held cannot be spent, and a chain is all or nothing.</summary>
public static partial class LedgerDecider
{
    public static Decision<LedgerEvent> Decide(Ledger ledger, LedgerCommand command, DateTimeOffset now) => command switch
    {
        MakeTransfers make => Make(ledger, make, now),
        ExpireHold expire => Expire(ledger, expire, now),
        _ => throw new UnreachableException($"No rule for {command.GetType().Name}."),
    };

    private static Decision<LedgerEvent> Make(Ledger ledger, MakeTransfers make, DateTimeOffset now)
    {
        var count = make.Transfers.Count;
        if (count == 0) return LedgerRefusal.NoTransfers;
        if (count > MakeTransfers.LongestChain) return new Refusal(LedgerRefusal.TooManyTransfers, MakeTransfers.LongestChain);

        var events = new LedgerEvent[count];
        for (var i = 0; i < count; i++)
        {
            var (@event, refusal) = make.Transfers[i] switch
            {
                TransferOrder.Post post => Post(ledger, new TransferId(make.CommandId, i), post, now),
                TransferOrder.Hold hold => Hold(ledger, new TransferId(make.CommandId, i), hold, now),
                TransferOrder.PostHold post => PostHold(ledger, post, now),
                TransferOrder.VoidHold letGo => VoidHold(ledger, letGo, now),
                _ => throw new UnreachableException($"No rule for {make.Transfers[i].GetType().Name}."),
            };
            if (refusal is not null) return refusal.About($"transfers[{i}].{refusal.Field}");

            events[i] = @event!;
            if (i + 1 < count) ledger = ledger.Evolve(@event!);
        }

        return events;
    }

    private static (LedgerEvent? Event, Refusal? Refusal) Post(Ledger ledger, TransferId id, TransferOrder.Post post, DateTimeOffset now)
    {
        if ((WellFormed(ledger, post.Debit, post.Credit, post.Amount, post.Reference) ?? Affordable(ledger, post.Debit, post.Credit, post.Amount)) is { } refusal) return (null, refusal);
        var amount = post.Amount.MinorUnits;
        return (
            new TransferPosted(
                id, post.Debit, post.Credit, post.Amount, post.Purpose, post.Reference,
                ledger.BalanceOf(post.Debit, post.Amount.Currency, -amount), ledger.BalanceOf(post.Credit, post.Amount.Currency, amount), ledger[post.Debit].Last, ledger[post.Credit].Last, now),
            null);
    }

    private static (LedgerEvent? Event, Refusal? Refusal) Hold(Ledger ledger, TransferId id, TransferOrder.Hold hold, DateTimeOffset now)
    {
        // Only a command id that was used before gives an id that is held; its receipt answers instead of this.
        if (ledger.Holds.ContainsKey(id)) return (null, new Refusal(LedgerRefusal.ExistsWithAnother, "transfer").About("id"));
        var refusal = WellFormed(ledger, hold.Debit, hold.Credit, hold.Amount, hold.Reference)
            ?? (hold.ExpiresAt <= now ? new Refusal(LedgerRefusal.ExpiryNotAhead).About("expires_at") : null)
            ?? Affordable(ledger, hold.Debit, hold.Credit, hold.Amount);
        if (refusal is not null) return (null, refusal);
        return (new TransferHeld(id, hold.Debit, hold.Credit, hold.Amount, hold.Purpose, hold.Reference, EndOf(hold), now), null);
    }

    /// <summary>When a hold ends by itself: at the first whole millisecond that is not before what the order says, as clock, events and reminders know no less.</summary>
    internal static DateTimeOffset? EndOf(TransferOrder.Hold hold)
    {
        if (hold.ExpiresAt is not { } said) return null;
        var whole = DateTimeOffset.FromUnixTimeMilliseconds(said.ToUnixTimeMilliseconds());
        return whole < said ? whole.AddMilliseconds(1) : whole;
    }

    private static (LedgerEvent? Event, Refusal? Refusal) PostHold(Ledger ledger, TransferOrder.PostHold post, DateTimeOffset now)
    {
        if (!ledger.Holds.TryGetValue(post.Held, out var held)) return (null, NotOpen(post.Held));
        if (held.ExpiresAt <= now) return (null, new Refusal(LedgerRefusal.HoldAlreadyExpired, held.ExpiresAt.Value).About("held"));
        var whole = new Money(held.MinorUnits, ledger.Currency!.Value);
        var amount = post.Amount ?? whole;
        if (amount.MinorUnits <= 0) return (null, new Refusal(LedgerRefusal.AmountNotPositive).About("amount"));
        if (amount.Currency != whole.Currency) return (null, new Refusal(LedgerRefusal.WrongCurrency, whole.Currency.Code).About("amount"));
        if (amount > whole) return (null, new Refusal(LedgerRefusal.AmountExceedsHold, whole).About("amount"));
        return (
            new HoldPosted(
                post.Held, held.Debit, held.Credit, whole, amount, post.Purpose, held.Reference,
                ledger.BalanceOf(held.Debit, whole.Currency, -amount.MinorUnits), ledger.BalanceOf(held.Credit, whole.Currency, amount.MinorUnits), ledger[held.Debit].Last, ledger[held.Credit].Last, now),
            null);
    }

    private static (LedgerEvent? Event, Refusal? Refusal) VoidHold(Ledger ledger, TransferOrder.VoidHold letGo, DateTimeOffset now)
    {
        if (!ledger.Holds.TryGetValue(letGo.Held, out var held)) return (null, NotOpen(letGo.Held));
        return (new HoldVoided(letGo.Held, held.Debit, held.Credit, new Money(held.MinorUnits, ledger.Currency!.Value), now), null);
    }

    /// <summary>A hold that is over by now needs nothing more: its reminder and who ended it may have met.</summary>
    private static Decision<LedgerEvent> Expire(Ledger ledger, ExpireHold expire, DateTimeOffset now)
    {
        if (!ledger.Holds.TryGetValue(expire.Hold, out var held)) return Decision<LedgerEvent>.Nothing;
        if (held.ExpiresAt is not { } end) return LedgerRefusal.NotYetExpired;
        if (now < end) return new Refusal(LedgerRefusal.NotYetExpired, end);
        return new HoldExpired(expire.Hold, held.Debit, held.Credit, new Money(held.MinorUnits, ledger.Currency!.Value), now);
    }

    private static Refusal? WellFormed(Ledger ledger, AccountId debit, AccountId credit, Money amount, string reference)
    {
        if (amount.MinorUnits <= 0) return new Refusal(LedgerRefusal.AmountNotPositive).About("amount");
        if (ledger.Currency is { } currency && currency != amount.Currency) return new Refusal(LedgerRefusal.WrongCurrency, currency.Code).About("amount");
        if (debit == credit) return new Refusal(LedgerRefusal.SameAccount).About("credit");
        return Reference().IsMatch(reference) ? null : new Refusal(LedgerRefusal.ReferenceMalformed).About("reference");
    }

    private static Refusal? Affordable(Ledger ledger, AccountId debit, AccountId credit, Money money)
    {
        var amount = money.MinorUnits;
        var (debited, credited) = (ledger[debit], ledger[credit]);
        if (!debited.Takes(Side.Debit, amount)) return new Refusal(LedgerRefusal.AmountTooLarge).About("debit");
        if (!credited.Takes(Side.Credit, amount)) return new Refusal(LedgerRefusal.AmountTooLarge).About("credit");
        if (debit.HasFloor && debited.Free is var free && free < amount) return new Refusal(LedgerRefusal.InsufficientFunds, new Money(free, money.Currency), new Money(amount - free, money.Currency)).About("debit");
        return credit.HasCeiling && credited.Room is var room && room < amount ? new Refusal(LedgerRefusal.CeilingExceeded, new Money(room, money.Currency), new Money(amount - room, money.Currency)).About("credit") : null;
    }

    private static Refusal NotOpen(TransferId hold) => new Refusal(LedgerRefusal.HoldNotOpen, hold.ToString()).About("held");

    private static Money BalanceOf(this Ledger ledger, AccountId account, Currency currency, long change) => new(ledger[account].Posted + change, currency);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9-]{0,63}$", RegexOptions.NonBacktracking)]
    private static partial Regex Reference();
}
