using System.Globalization;
using System.Runtime.CompilerServices;
using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Lots;

namespace Ainalym.Market.Guarantees;

/// <summary>A guarantee that is held now.</summary>
/// <param name="Bidder">Of whose money.</param>
/// <param name="Reference">As <see cref="GuaranteeDesk.ReferenceOf"/> made it.</param>
public sealed record HeldGuarantee(TransferId Hold, Guid Bidder, Money Amount, string Reference)
{
    /// <summary>Which of the bidder's guarantees for the lot it is.</summary>
    public GivenGuarantee Given { get; } = GuaranteeDesk.GivenIn(Reference);
}

/// <summary>What is held for a lot, by the holds' ids, a page at a time. The host says who knows.</summary>
/// <param name="bidder">Only this one's.</param>
/// <param name="after">The hold to go on after; empty from the first.</param>
public delegate Task<IReadOnlyList<HeldGuarantee>> HeldGuarantees(Currency currency, Guid lot, Guid? bidder, string after, int n, CancellationToken ct);

public static class HeldGuaranteesExtensions
{
    private const int PageSize = 200;

    /// <summary>All of it, page after page.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<HeldGuarantee>> Pages(this HeldGuarantees held, Currency currency, Guid lot, Guid? bidder, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var after = ""; await held(currency, lot, bidder, after, PageSize, ct) is { Count: > 0 } page; after = page[^1].Hold.ToString()) yield return page;
    }

    /// <summary>What is held of a bidder for a lot as this very guarantee; null when nothing is.</summary>
    public static async Task<HeldGuarantee?> Find(this HeldGuarantees held, Currency currency, Guid lot, Guid bidder, GivenGuarantee given, CancellationToken ct)
    {
        await foreach (var page in held.Pages(currency, lot, bidder, ct))
            if (page.FirstOrDefault(one => one.Given == given) is { } found) return found;
        return null;
    }
}

/// <summary>What an organisation may use of its money now. The host says who knows.</summary>
public delegate Task<Money> FreeMoney(Currency currency, Guid organisation, CancellationToken ct);

/// <summary>
/// Holds guarantees in the ledger and lets them go. First the hold, then the bid that says which guarantee it brings: a crash between leaves money held for nothing, which the bidder may take back and the
/// end of the lot gives back, or the night after it; never a bid without its guarantee, as none that a lot may still ask for is let go.
/// </summary>
public sealed class GuaranteeDesk(Addresses ledgers, HeldGuarantees held, FreeMoney free)
{
    /// <summary>Has the guarantee held, once however often and by however many it is asked.</summary>
    /// <returns>Why it could not be: <see cref="LotRefusal.GuaranteeShort"/>.</returns>
    public async Task<Refusal?> Hold(Guid lot, Guid bidder, GivenGuarantee given, Money amount, CancellationToken ct)
    {
        for (var attempt = 0; ; attempt++)
        {
            var order = new TransferOrder.Hold(AccountId.Available(bidder), AccountId.Escrow(lot), amount, TransferPurpose.Guarantee, ReferenceOf(lot, given));
            var answered = await ledgers.Handle(LedgerAddress.Ledger, amount.Currency.Code, new MakeTransfers(IdOf(lot, bidder, given, attempt), [order]), Caller.House, ct);
            if (answered.Refusal is not { } refusal) return null;
            if (refusal.Code is not LedgerRefusal.InsufficientFunds) throw new InvalidOperationException($"The guarantee of {bidder:N} for lot {lot:N} was refused: {refusal}.");

            // A ledger refuses the same transfer for ever. If the money has come since, another attempt is another transfer; nobody comes to one before those before it were refused, so at
            // most one of them holds. What is not free may lie in it: a crash, a refused bid or a bid beside this one has left it there.
            var has = await free(amount.Currency, bidder, ct);
            if (has >= amount) continue;
            return await held.Find(amount.Currency, lot, bidder, given, ct) is null ? new Refusal(LotRefusal.GuaranteeShort, amount, has, amount - has) : null;
        }
    }

    /// <summary>What a bidder has held for a lot.</summary>
    public async Task<Money> HeldOf(Currency currency, Guid lot, Guid bidder, CancellationToken ct)
    {
        var sum = new Money(0, currency);
        await foreach (var page in held.Pages(currency, lot, bidder, ct)) sum = page.Aggregate(sum, (sum, one) => sum + one.Amount);
        return sum;
    }

    /// <summary>Lets go of all that is held for a lot, or all of one bidder; page after page, each page at once.</summary>
    /// <param name="cause">What the commands' ids are derived from, with each hold's.</param>
    /// <param name="which">Those that go.</param>
    public async Task Release(Currency currency, Guid lot, Guid? bidder, DateTimeOffset at, string cause, Func<HeldGuarantee, bool> which, CancellationToken ct)
    {
        await foreach (var page in held.Pages(currency, lot, bidder, ct))
            await Task.WhenAll(page.Where(which).Select(one => LetGo(currency, one.Hold, at, cause, ct)));
    }

    /// <summary>Lets go of one hold, if nobody has yet.</summary>
    public async Task LetGo(Currency currency, TransferId hold, DateTimeOffset at, string cause, CancellationToken ct)
    {
        var order = new MakeTransfers(CommandIds.Derived(at, $"{cause}/{hold}"), [new TransferOrder.VoidHold(hold)]);
        var answered = await ledgers.Handle(LedgerAddress.Ledger, currency.Code, order, Caller.House, ct);
        if (answered.Refusal is { } refusal && refusal.Code is not LedgerRefusal.HoldNotOpen) throw new InvalidOperationException($"The guarantee {hold} was not let go: {refusal}.");
    }

    /// <summary>What the hold is called in the ledger: <c>lot-revision-withdrawals</c>, the lot in N form.</summary>
    public static string ReferenceOf(Guid lot, GivenGuarantee given) => string.Create(CultureInfo.InvariantCulture, $"{lot:N}-{given.Revision}-{given.Withdrawals}");

    /// <summary>What <see cref="ReferenceOf"/> was told.</summary>
    internal static GivenGuarantee GivenIn(string reference) =>
        reference.Split('-') is [_, var revision, var withdrawals] ? new(Whole(revision), Whole(withdrawals)) : throw new FormatException($"'{reference}' is no guarantee's reference.");

    private static int Whole(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static Guid IdOf(Guid lot, Guid bidder, GivenGuarantee given, int attempt) =>
        CommandIds.Derived(CommandIds.TimeOf(lot), $"market/guarantee/{lot:N}/{bidder:N}/{given.Revision}/{given.Withdrawals}/{attempt}");
}
