using System.Globalization;
using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Lots;

namespace Ainalym.Market.Guarantees;

/// <summary>A guarantee that is held now.</summary>
/// <param name="Bidder">Of whose money.</param>
/// <param name="Reference">As <see cref="GuaranteeDesk.ReferenceOf"/> made it.</param>
public sealed record HeldGuarantee(TransferId Hold, Guid Bidder, Money Amount, string Reference);

/// <summary>What is held for a lot, by the holds' ids, a page at a time. The host says who knows.</summary>
/// <param name="bidder">Only this one's.</param>
/// <param name="after">The hold to go on after; empty from the first.</param>
public delegate Task<IReadOnlyList<HeldGuarantee>> HeldGuarantees(Currency currency, Guid lot, Guid? bidder, string after, int n, CancellationToken ct);

/// <summary>What an organisation may use of its money now. The host says who knows.</summary>
public delegate Task<Money> FreeMoney(Currency currency, Guid organisation, CancellationToken ct);

/// <summary>
/// Holds guarantees in the ledger and lets them go. First the hold, then the bid that names it: a crash between leaves money held for nothing, which the bidder may take back and the end of
/// the lot gives back, never a bid without its guarantee.
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

            // A ledger refuses the same transfer for ever. If the money has come since, another attempt is another transfer.
            var has = await free(amount.Currency, bidder, ct);
            if (!answered.Repeated || has < amount) return new Refusal(LotRefusal.GuaranteeShort, amount, has, has < amount ? amount - has : new Money(0, amount.Currency));
        }
    }

    /// <summary>What a bidder has held for a lot.</summary>
    public async Task<Money> HeldOf(Currency currency, Guid lot, Guid bidder, CancellationToken ct) =>
        (await held(currency, lot, bidder, "", PageSize, ct)).Aggregate(new Money(0, currency), (sum, one) => sum + one.Amount);

    /// <summary>Lets go of all that is held for a lot, or all of one bidder; page after page, each page at once.</summary>
    /// <param name="cause">What the commands' ids are derived from, with each hold's.</param>
    /// <param name="which">Those that go.</param>
    public async Task Release(Currency currency, Guid lot, Guid? bidder, DateTimeOffset at, string cause, Func<HeldGuarantee, bool> which, CancellationToken ct)
    {
        for (var after = ""; await held(currency, lot, bidder, after, PageSize, ct) is { Count: > 0 } page; after = page[^1].Hold.ToString())
            await Task.WhenAll(page.Where(which).Select(one => LetGo(one)));

        async Task LetGo(HeldGuarantee one)
        {
            var order = new MakeTransfers(CommandIds.Derived(at, $"{cause}/{one.Hold}"), [new TransferOrder.VoidHold(one.Hold)]);
            var answered = await ledgers.Handle(LedgerAddress.Ledger, currency.Code, order, Caller.House, ct);
            if (answered.Refusal is { } refusal && refusal.Code is not LedgerRefusal.HoldNotOpen) throw new InvalidOperationException($"The guarantee {one.Hold} for lot {lot:N} was not let go: {refusal}.");
        }
    }

    private const int PageSize = 200;

    /// <summary>What the hold is called in the ledger: <c>lot-revision-withdrawals</c>, the lot in N form.</summary>
    public static string ReferenceOf(Guid lot, GivenGuarantee given) => string.Create(CultureInfo.InvariantCulture, $"{ReferenceOf(lot, given.Revision)}{given.Withdrawals}");

    /// <summary>How the references of all guarantees for one description begin.</summary>
    public static string ReferenceOf(Guid lot, int revision) => string.Create(CultureInfo.InvariantCulture, $"{lot:N}-{revision}-");

    private static Guid IdOf(Guid lot, Guid bidder, GivenGuarantee given, int attempt) =>
        CommandIds.Derived(CommandIds.TimeOf(lot), $"market/guarantee/{lot:N}/{bidder:N}/{given.Revision}/{given.Withdrawals}/{attempt}");
}
