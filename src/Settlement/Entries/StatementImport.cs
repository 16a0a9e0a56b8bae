using System.Globalization;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Banking;
using Ainalym.Settlement.Payouts;

namespace Ainalym.Settlement.Entries;

/// <summary>Which of these BINs are registered organisations'. The host says who knows.</summary>
public delegate Task<IReadOnlyDictionary<Bin, Guid>> OrganisationsOfBins(IReadOnlyCollection<Bin> bins, CancellationToken ct);

/// <summary>The house's own accounts at its bank. None: nothing can be taken in or paid.</summary>
/// <param name="Ibans">The first is the one that payers are told and payouts come from.</param>
/// <param name="Holder">In whose name they are.</param>
public sealed record HouseAccounts(IReadOnlyList<Iban> Ibans, string Holder);

/// <summary>Why a statement is not taken in though it is a good one.</summary>
public enum ImportRefusal
{
    /// <summary>It is of an account that is not the house's; facts: that account, those that are.</summary>
    NotOurAccount,
}

/// <summary>An entry that the bank told otherwise before.</summary>
/// <param name="Field">What differs.</param>
public sealed record EntryConflict(string Reference, string Field, int Line);

/// <summary>What a file has brought.</summary>
/// <param name="Known">Told before; nothing changed.</param>
/// <param name="Conflicts">Told otherwise before; nothing changed. At most <see cref="StatementImport.MostConflicts"/> are listed.</param>
/// <param name="Gaps">Statements whose opening balance is not the closing balance of the one before.</param>
public sealed record ImportResult(int Statements, int Matched, int Unmatched, int WentOut, int Known, int ConflictCount, IReadOnlyList<EntryConflict> Conflicts, IReadOnlyList<string> Gaps)
{
    public int Taken => Matched + Unmatched + WentOut;
}

/// <summary>
/// Takes in a bank's statement. The file is read to its end and found good before anything of it is taken; then its entries go to their grains, many at a time. Broken off, it is begun again:
/// what was taken is known.
/// </summary>
public sealed class StatementImport(IGrains grains, IDatabase db, EntryQueries entries, PayoutQueries payouts, OrganisationsOfBins organisations, HouseAccounts house, JournalClock clock)
{
    public const int MostConflicts = 100;

    private const int AtOnce = 200;

    /// <param name="file">Can be read twice.</param>
    /// <exception cref="StatementException">It is no good statement; nothing of it was taken.</exception>
    public async Task<ImportResult> Take(Stream file, IProgress<string>? progress, CancellationToken ct)
    {
        var count = Check(file, ct);
        progress?.Report(string.Create(CultureInfo.InvariantCulture, $"The file is good: {count} entries."));
        file.Position = 0;

        var tally = new Tally();
        StatementHead? head = null;
        var waiting = new List<BankEntry>(AtOnce);
        foreach (var part in StatementReader.Read(file))
        {
            ct.ThrowIfCancellationRequested();
            switch (part)
            {
                case StatementHead begun:
                    head = begun;
                    break;
                case BankEntry entry:
                    waiting.Add(entry);
                    if (waiting.Count == AtOnce) await Flush();
                    break;
                case StatementEnd end:
                    await Flush();
                    if (await Keep(head!, end, ct) is { } gap) tally.Gaps.Add(gap);
                    tally.Statements++;
                    break;
            }
        }

        return tally.Result;

        async Task Flush()
        {
            if (waiting.Count == 0) return;
            await Book(head!.Account, waiting, tally, ct);
            waiting.Clear();
            progress?.Report(string.Create(CultureInfo.InvariantCulture, $"{tally.Told} of {count} entries"));
        }
    }

    private int Check(Stream file, CancellationToken ct)
    {
        var count = 0;
        foreach (var part in StatementReader.Read(file))
        {
            ct.ThrowIfCancellationRequested();
            if (part is StatementHead head && !house.Ibans.Contains(head.Account))
                throw new StatementException(new Refusal(ImportRefusal.NotOurAccount, head.Account.ToString(), string.Join(", ", house.Ibans)));
            if (part is BankEntry) count++;
        }

        return count;
    }

    private async Task Book(Iban account, List<BankEntry> page, Tally tally, CancellationToken ct)
    {
        var named = page.ConvertAll(entry => entry.IsCredit ? Named(entry) : []);
        var known = await organisations([.. named.SelectMany(bins => bins).Distinct()], ct);
        string[] ours = [.. page.Select(entry => entry.EndToEndId).OfType<string>().Where(id => Guid.TryParseExact(id, "N", out _)).Distinct(StringComparer.Ordinal)];
        var returning = await entries.Returning(ours, ct);
        var paidOut = await payouts.Known(ours, ct);
        var receipts = await Task.WhenAll(page.Select((entry, n) =>
        {
            Guid[] of = [.. named[n].Where(known.ContainsKey).Select(bin => known[bin]).Distinct()];
            var facts = EntryFacts.From(account, entry);
            var book = new BookEntry(CommandIds.New(clock.Time), facts)
            {
                Organisation = of is [var one] ? one : null,
                IsReturn = !entry.IsCredit && entry.EndToEndId is { } id && returning.TryGetValue(id, out var amount) && amount == entry.Amount.MinorUnits,
                IsPayout = entry.EndToEndId is { } payout && paidOut.TryGetValue(payout, out var row) && row.Amount == entry.Amount,
            };
            return grains.Handle(EntryGrain.Kind, facts.Id, book, Caller.House, ct);
        }));
        foreach (var (entry, receipt) in page.Zip(receipts)) tally.Add(entry, receipt);
    }

    /// <summary>The organisations that a payer may mean: those of the references he has written; without any, those whose BIN stands there.</summary>
    private static IReadOnlyList<Bin> Named(BankEntry entry)
    {
        var written = $"{entry.EndToEndId} {entry.Remittance}";
        var references = PaymentReference.In(written);
        return references.Count > 0 ? [.. references.Select(reference => reference.Subject).SelectMany(BinsIn).Distinct()] : BinsIn(written);
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

    /// <returns>What is missing before it, in words of figures; null where it goes on from the one before.</returns>
    private async Task<string?> Keep(StatementHead head, StatementEnd end, CancellationToken ct)
    {
        var latest = (await entries.Statements(head.Closing.Currency, n: 1, ct)).FirstOrDefault();
        await db.Write(
            writing => writing.Run(
                """
                INSERT INTO bank_statements (statement_id, account, name, currency, day, opening_minor, closing_minor, entries, taken_at_ms, place)
                SELECT @id, @account, @name, @currency, @day, @opening, @closing, @count, @now, (SELECT COALESCE(MAX(place), 0) + 1 FROM bank_statements) WHERE NOT EXISTS (SELECT 1 FROM bank_statements WHERE statement_id = @id)
                """,
                new
                {
                    id = EntryFacts.IdOf(head.Account, head.Id),
                    account = head.Account.ToString(),
                    name = head.Id,
                    currency = head.Closing.Currency.Code,
                    day = head.Day.ToString("O", CultureInfo.InvariantCulture),
                    opening = head.Opening.MinorUnits,
                    closing = head.Closing.MinorUnits,
                    count = (long)end.Entries,
                    now = clock.Now().ToUnixTimeMilliseconds(),
                }),
            ct);
        return latest is null || latest.Account != head.Account.ToString() || latest.Name == head.Id || latest.ClosingMinor == head.Opening.MinorUnits || string.CompareOrdinal(latest.Day, head.Day.ToString("O", CultureInfo.InvariantCulture)) >= 0
            ? null
            : $"{head.Id}: {new Money(latest.ClosingMinor, head.Opening.Currency)} ≠ {head.Opening}";
    }

    private sealed class Tally
    {
        private readonly List<EntryConflict> conflicts = [];
        private int matched, unmatched, wentOut, known, conflictCount;

        public int Statements { get; set; }

        public List<string> Gaps { get; } = [];

        public int Told => matched + unmatched + wentOut + known + conflictCount;

        public ImportResult Result => new(Statements, matched, unmatched, wentOut, known, conflictCount, conflicts, Gaps);

        public void Add(BankEntry entry, Receipt<EntryEvent> receipt)
        {
            if (receipt.Refusal is { } refusal)
            {
                if (refusal.Code is not EntryRefusal.EntryDiffers) throw new InvalidOperationException($"The bank's entry {entry.Reference} was refused: {refusal}.");
                conflictCount++;
                if (conflicts.Count < MostConflicts) conflicts.Add(new(entry.Reference, refusal.Facts[0].Value, entry.Line));
            }
            else if (receipt.Events.OfType<EntryBooked>().SingleOrDefault() is not { } booked) known++;
            else if (booked.Standing == EntryStanding.Matched) matched++;
            else if (booked.Standing == EntryStanding.Unmatched) unmatched++;
            else wentOut++;
        }
    }
}
