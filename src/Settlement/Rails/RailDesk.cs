using System.Globalization;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Banking;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Payouts;

namespace Ainalym.Settlement.Rails;

/// <summary>Which of these BINs are registered organisations'. The host says who knows.</summary>
public delegate Task<IReadOnlyDictionary<Bin, Guid>> OrganisationsOfBins(IReadOnlyCollection<Bin> bins, CancellationToken ct);

/// <summary>
/// The one way in for what rails tell: movements of money, twice, late and in any order. Each counts once by its account and reference; what it means follows from what it is called, what it undoes
/// and whom its payer has named, and where none of that is known the operator says.
/// </summary>
public sealed class RailDesk(IGrains grains, EntryQueries entries, PayoutQueries payouts, OrganisationsOfBins organisations, JournalClock clock)
{
    /// <summary>The most movements that are told at once.</summary>
    public const int MostTold = 200;

    /// <returns>The receipts, in the order of what was told. Told otherwise before, a movement is refused (<see cref="EntryRefusal.EntryDiffers"/>) and nothing changes.</returns>
    public async Task<IReadOnlyList<Receipt<EntryEvent>>> Tell(IReadOnlyList<EntryFacts> told, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(told.Count, MostTold);
        var named = told.Select(movement => movement is { IsCredit: true, Undoes: null, ComesBack: false, GivesBack: null } ? Named(movement) : []).ToList();
        var known = await organisations([.. named.SelectMany(bins => bins).Distinct()], ct);
        string[] ours = [.. told.Select(movement => movement.Ours).OfType<string>().Distinct(StringComparer.Ordinal)];
        var returning = await entries.Returning(ours, ct);
        var paidOut = await payouts.Known(ours, ct);
        return await Task.WhenAll(told.Select((movement, n) =>
        {
            Guid[] of = [.. named[n].Where(known.ContainsKey).Select(bin => known[bin]).Distinct()];
            var book = new BookEntry(CommandIds.New(clock.Time), movement)
            {
                Organisation = of is [var one] ? one : null,
                IsReturn = !movement.IsCredit && movement.Ours is { } id && returning.TryGetValue(id, out var amount) && amount == movement.Amount,
                IsPayout = movement.Ours is { } payout && paidOut.TryGetValue(payout, out var row) && Fits(movement, row),
                Corrects = movement.OtherDiffers,
            };
            return grains.Handle(EntryGrain.Kind, movement.Id, book, Caller.House, ct);
        }));
    }

    /// <summary>
    /// An id stands in copied texts and in payments of others: the movement is in the account that was paid from, what comes in is from the account that was paid to or from none, and it is the whole
    /// amount. Less is given back for certain only where the bank says that so much was paid: else it may be a part.
    /// </summary>
    private static bool Fits(EntryFacts movement, PayoutRow payout) =>
        payout.FromAccount == movement.Account.ToString()
        && (!movement.IsCredit || OtherSide(movement) is null || OtherSide(movement) == payout.ToAccount)
        && (movement.Amount == payout.Amount || (movement.GivesBack is not null && movement.Paid == payout.Amount && movement.Amount < payout.Amount));

    /// <summary>Some banks tell of what comes back with the parties of what was paid: the house's own account is no other side.</summary>
    private static string? OtherSide(EntryFacts movement) => movement.PayerAccount?.ToString() is { } account && account != movement.Account.ToString() ? account : null;

    /// <summary>The payout that this credit gives back, by its id, as the only one of the file of that name that went to the account it comes from and can be it; null where that is not certain.</summary>
    /// <param name="paid">How much was paid. Where the bank does not say it, none of the file's payouts to that account is of more: of such a one it could be the rest after a charge.</param>
    public async Task<string?> GivenBack(EntryFacts credit, string called, Money? paid, CancellationToken ct)
    {
        var account = credit.Account.ToString();
        if (credit.PayerAccount is not { } payee || PaymentFile.NumberOf(account, called) is not { } number) return null;
        var (least, most) = (paid ?? credit.Amount, paid?.MinorUnits ?? long.MaxValue);
        return await payouts.To(payee, account, number, least, most, 2, ct) is [var one] && one.Amount == least ? one.PaymentId : null;
    }

    /// <summary>
    /// Tells of movements that the rail calls by two references: one is the movement, the other is kept as another name of it. Which is which is decided once, by the streams of both: the first is the
    /// movement, unless it is told by the other already.
    /// </summary>
    /// <returns>By which of the two each is to be told, in the order of what was told; refused where both are movements already.</returns>
    public async Task<IReadOnlyList<(EntryFacts Facts, Receipt<EntryEvent>? Refused)>> Call(IReadOnlyList<(EntryFacts Facts, string Also)> told, CancellationToken ct)
    {
        return await Task.WhenAll(told.Select(async one =>
        {
            var other = one.Facts with { Reference = one.Also };
            var differs = (await Name(other, one.Facts)).Refusal is { Code: EntryRefusal.EntryDiffers, Facts: [{ Value: var field }] } ? field : null;
            if (differs != "reference") return (one.Facts with { OtherDiffers = differs is "amount" or "direction" }, (Receipt<EntryEvent>?)null);
            var receipt = await Name(one.Facts, other);
            return (other, receipt.Refusal is null ? null : receipt);
        }));

        Task<Receipt<EntryEvent>> Name(EntryFacts name, EntryFacts of) => grains.Handle(EntryGrain.Kind, name.Id, SplitEntry.Into(CommandIds.New(clock.Time), name, [of]), Caller.House, ct);
    }

    /// <summary>The payments of the file that this debit paid as one sum, each as a movement of its own; none where no file of this account is called so and comes to so much.</summary>
    public async Task<IReadOnlyList<EntryFacts>> OfFile(EntryFacts whole, string called, CancellationToken ct)
    {
        var account = whole.Account.ToString();
        if (whole.IsCredit || PaymentFile.NumberOf(account, called) is not { } number || await payouts.File(account, number, ct) is not { } file || file.Sum != whole.Amount) return [];
        return [.. (await payouts.Payments(account, number, ct)).Select((payment, n) => whole with
        {
            Reference = string.Create(CultureInfo.InvariantCulture, $"{whole.Reference}/{n + 1}"),
            Amount = payment.Amount,
            PayerName = payment.Name,
            PayerAccount = TextValue.Parse<Iban>(payment.ToAccount),
            EndToEndId = payment.PaymentId,
            Remittance = payment.Remittance,
        })];
    }

    /// <summary>Tells of movements that the rail has booked as several: what it booked is no movement itself, and never becomes one by being told as one, or as others.</summary>
    /// <returns>The receipts, in the order of what was told. Where none is refused, the parts may be told.</returns>
    public async Task<IReadOnlyList<Receipt<EntryEvent>>> Split(IReadOnlyList<(EntryFacts Whole, IReadOnlyList<EntryFacts> Parts)> told, CancellationToken ct) => await Task.WhenAll(
        told.Select(one => grains.Handle(EntryGrain.Kind, one.Whole.Id, SplitEntry.Into(CommandIds.New(clock.Time), one.Whole, one.Parts), Caller.House, ct)));

    /// <summary>The organisations that a payer may mean: those of the references he has written; without any, those whose BIN stands there.</summary>
    private static IReadOnlyList<Bin> Named(EntryFacts movement)
    {
        var references = PaymentReference.In(movement.Written);
        return references.Count > 0 ? [.. references.Select(reference => reference.Payer).OfType<Bin>().Distinct()] : BinsIn(movement.Written);
    }

    private static IReadOnlyList<Bin> BinsIn(string written)
    {
        var found = new List<Bin>();
        for (var i = 0; i < written.Length;)
        {
            var digits = 0;
            while (i + digits < written.Length && char.IsAsciiDigit(written[i + digits])) digits++;
            if (digits == 12 && Bin.TryParse(written.Substring(i, 12), out var bin, out _) && !found.Contains(bin)) found.Add(bin);
            i += Math.Max(digits, 1);
        }

        return found;
    }
}
