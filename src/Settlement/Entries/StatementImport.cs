using System.Globalization;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Banking;
using Ainalym.Settlement.Payouts;
using Ainalym.Settlement.Rails;

namespace Ainalym.Settlement.Entries;

/// <summary>Why a statement is not taken in though it is a good one.</summary>
public enum ImportRefusal
{
    /// <summary>It is of an account that is not the house's; facts: that account, those that are.</summary>
    NotOurAccount,

    /// <summary>Its balances are in another currency than the account is kept in; facts: the account, its currency, the statement's.</summary>
    WrongCurrency,
}

/// <summary>An entry that the bank told otherwise before.</summary>
/// <param name="Field">What differs.</param>
public sealed record EntryConflict(string Reference, string Field, int Line);

/// <summary>What a file has brought.</summary>
/// <param name="Known">Told before; nothing changed.</param>
/// <param name="Conflicts">Told otherwise before; nothing changed. At most <see cref="StatementImport.MostConflicts"/> are listed.</param>
/// <param name="Gaps">Statements whose opening balance is not the closing balance of the one before.</param>
/// <param name="Corrected">Statements told with other balances before; those told now count.</param>
public sealed record ImportResult(int Statements, int Matched, int Unmatched, int WentOut, int Known, int ConflictCount, IReadOnlyList<EntryConflict> Conflicts, IReadOnlyList<string> Gaps, IReadOnlyList<string> Corrected)
{
    public int Taken => Matched + Unmatched + WentOut;
}

/// <summary>
/// Takes in a bank's statement. The file is read to its end and found good before anything of it is taken; then its entries go to their grains, many at a time. Broken off, it is begun again:
/// what was taken is known.
/// <para>
/// By what an entry is known, for ever and in whichever statement: by the account and the bank's reference (<c>AcctSvcrRef</c>). An entry of one transaction may have two, its own and the transaction's;
/// it counts by its own, or by the transaction's where it was told by that alone before, and the other is kept as its other name, so that told by either it is the same. A transaction's reference that
/// several entries of a statement have, or that is another movement's, is nobody's name, nor is that of what undoes or gives back another. An entry of several transactions is each of them, by the transaction's own reference where it is its alone, and
/// else by the entry's and its place. Two statements that each tell one of the two references, without any that has both, tell of two: nothing says that they are one; where one says so later, it is named.
/// </para>
/// </summary>
public sealed class StatementImport(RailDesk rails, IDatabase db, EntryQueries entries, HouseAccounts house, JournalClock clock)
{
    public const int MostConflicts = 100;

    /// <summary>For who has the house and no services: verbs, the demo.</summary>
    public static StatementImport Of(House house, OrganisationsOfBins organisations, HouseAccounts accounts)
    {
        var entries = new EntryQueries(house.Database);
        return new(new RailDesk(house.Grains, entries, new PayoutQueries(house.Database), organisations, house.Clock), house.Database, entries, accounts, house.Clock);
    }

    /// <param name="file">Can be read twice.</param>
    /// <exception cref="StatementException">It is no good statement; nothing of it was taken.</exception>
    public async Task<ImportResult> Take(Stream file, IProgress<string>? progress, CancellationToken ct)
    {
        var (count, shared) = Check(file, ct);
        progress?.Report(string.Create(CultureInfo.InvariantCulture, $"The file is good: {count} entries."));
        file.Position = 0;

        var tally = new Tally();
        StatementHead? head = null;
        var waiting = new List<BankEntry>(RailDesk.MostTold);
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
                    if (waiting.Count == RailDesk.MostTold) await Flush();
                    break;
                case StatementEnd end:
                    await Flush();
                    await Keep(head!, end, tally, ct);
                    tally.Statements++;
                    break;
            }
        }

        return tally.Outcome;

        async Task Flush()
        {
            if (waiting.Count == 0) return;
            await Book(head!, waiting, shared, tally, ct);
            waiting.Clear();
            progress?.Report(string.Create(CultureInfo.InvariantCulture, $"{tally.Told} of {count} entries"));
        }
    }

    /// <returns>How many entries it has, and which references of transactions are nobody's name.</returns>
    private (int Count, IReadOnlySet<(Iban Account, string Reference)> Shared) Check(Stream file, CancellationToken ct)
    {
        var count = 0;
        Iban account = default;
        var shared = new HashSet<(Iban, string)>();
        foreach (var part in StatementReader.Read(file))
        {
            ct.ThrowIfCancellationRequested();
            if (part is StatementHead head)
            {
                account = head.Account;
                if (house.CurrencyOf(head.Account) is not { } currency)
                    throw new StatementException(new Refusal(ImportRefusal.NotOurAccount, head.Account.ToString(), string.Join(", ", house.All.Select(account => account.Iban))));
                if (currency != head.Closing.Currency) throw new StatementException(new Refusal(ImportRefusal.WrongCurrency, head.Account.ToString(), currency.Code, head.Closing.Currency.Code));
            }

            if (part is BankEntry entry) count += Math.Max(1, entry.Parts.Count);
            if (part is StatementEnd end) shared.UnionWith(end.Shared.Select(reference => (account, reference)));
        }

        return (count, shared);
    }

    private async Task Book(StatementHead head, List<BankEntry> page, IReadOnlySet<(Iban Account, string Reference)> shared, Tally tally, CancellationToken ct)
    {
        var told = new List<(BankEntry Entry, EntryFacts Facts)>(page.Count);
        var named = new List<(BankEntry Entry, EntryFacts Facts, string Also)>();
        var several = new List<(BankEntry Entry, EntryFacts Whole, IReadOnlyList<EntryFacts> Parts)>();
        foreach (var entry in page)
        {
            var facts = await FactsOf(entry);
            // One read for each sum that is paid by a file of the house's, of which a bank tells a few a day.
            var parts = new List<EntryFacts>(entry.Batch is { } file ? await rails.OfFile(facts, file, ct) : []);
            foreach (var part in entry.Parts) parts.Add(await FactsOf(part));
            if (parts.Count > 0) several.Add((entry, facts, parts));
            else if (entry.AlsoCalled is { } also && !shared.Contains((head.Account, also))) named.Add((entry, facts, also));
            else told.Add((entry, facts));
        }

        var twice = new List<(EntryFacts Facts, Receipt<EntryEvent> Refused)>();
        foreach (var (one, call) in named.Zip(await rails.Call(named.ConvertAll(one => (one.Facts, one.Also)), ct)))
        {
            if (call.Refused is { } refused)
            {
                tally.Add(one.Entry, refused);
                // Its money was taken in by the other reference as well, and is told once: by this one nothing.
                if (refused.Refusal!.Facts[0].Value is "reference") twice.Add((one.Facts with { Amount = new(0, one.Facts.Amount.Currency) }, refused));
            }
            else
            {
                told.Add((one.Entry, call.Facts));
            }
        }

        var splits = await rails.Split(several.ConvertAll(one => (one.Whole, one.Parts)), ct);
        foreach (var (one, split) in several.Zip(splits))
        {
            if (split.Refusal is null) told.AddRange(one.Parts.Select(part => (one.Entry, part)));
            else tally.Add(one.Entry, split);
        }

        await Compare(head, [.. several.Zip(splits, (one, split) => (one.Whole, split)), .. twice], ct);

        foreach (var some in told.Chunk(RailDesk.MostTold))
        {
            var receipts = await rails.Tell([.. some.Select(one => one.Facts)], ct);
            foreach (var ((entry, facts), receipt) in some.Zip(receipts)) tally.Add(entry, receipt, facts.Reference);
            await Compare(head, [.. some.Zip(receipts, (one, receipt) => (one.Facts, receipt))], ct);
        }

        // One read, of two rows at most, for each payment that comes back without its id and with its file's, one after the other: what comes back is little of a statement, and mostly says its id.
        async Task<EntryFacts> FactsOf(BankEntry entry)
        {
            var facts = EntryFacts.From(head.Account, entry);
            return entry is { ComesBack: true, Batch: { } file } && facts.GivesBack is null ? facts with { GivesBack = await rails.GivenBack(facts, file, entry.Paid, ct), Paid = entry.Paid } : facts;
        }
    }

    /// <summary>Keeps what is told otherwise than it was taken in, and forgets what is told again as it was: the reconciliation lists what is kept.</summary>
    private async Task Compare(StatementHead head, IReadOnlyList<(EntryFacts Facts, Receipt<EntryEvent> Receipt)> told, CancellationToken ct)
    {
        string[] before = [.. told.Where(one => one.Receipt.Events.Count == 0).Select(one => one.Facts.Id)];
        // Told of another day, or in other parts, it is the same money.
        EntryFacts[] otherwise = [.. told.Where(one => one.Receipt.Refusal?.Facts[0].Value is "amount" or "direction" or "reference").Select(one => one.Facts)];
        if (before.Length == 0 || (otherwise.Length == 0 && await entries.Conflicts(ct) == 0)) return;
        await db.Write(writing => BankConflicts.Save(writing, head.Day, before, otherwise, clock.Now()), ct);
    }

    /// <summary>Keeps a statement's balances. Told again under the same name and day with others, the later count: a bank corrects a statement by sending it anew.</summary>
    private async Task Keep(StatementHead head, StatementEnd end, Tally tally, CancellationToken ct)
    {
        var day = head.Day.ToString("O", CultureInfo.InvariantCulture);
        var latest = (await entries.Latest(head.Closing.Currency, ct)).FirstOrDefault(statement => statement.Account == head.Account.ToString());
        if (latest is not null && latest.Name != head.Id && latest.ClosingMinor != head.Opening.MinorUnits && string.CompareOrdinal(latest.Day, day) < 0)
            tally.Gaps.Add($"{head.Id}: {new Money(latest.ClosingMinor, head.Opening.Currency)} ≠ {head.Opening}");

        var known = await entries.Statement(head.Account, head.Closing.Currency, day, head.Id, ct);
        if (known is not null && (known.OpeningMinor, known.ClosingMinor, known.Entries) == (head.Opening.MinorUnits, head.Closing.MinorUnits, end.Entries)) return;
        if (known is not null) tally.Corrected.Add($"{head.Id}: {new Money(known.OpeningMinor, head.Opening.Currency)} … {new Money(known.ClosingMinor, head.Opening.Currency)} → {head.Opening} … {head.Closing}");
        await db.Write(
            writing => writing.Run(
                known is not null
                    ? "UPDATE bank_statements SET opening_minor = @opening, closing_minor = @closing, entries = @count, taken_at_ms = @now WHERE account = @account AND currency = @currency AND day = @day AND name = @name"
                    : """
                    INSERT INTO bank_statements (statement_id, account, name, currency, day, opening_minor, closing_minor, entries, taken_at_ms, place)
                    SELECT @id, @account, @name, @currency, @day, @opening, @closing, @count, @now, (SELECT COALESCE(MAX(place), 0) + 1 FROM bank_statements) WHERE NOT EXISTS (SELECT 1 FROM bank_statements WHERE statement_id = @id)
                    """,
                new
                {
                    id = EntryFacts.IdOf(RailAccount.At(head.Account), $"{head.Id}|{day}"),
                    account = head.Account.ToString(),
                    name = head.Id,
                    currency = head.Closing.Currency.Code,
                    day,
                    opening = head.Opening.MinorUnits,
                    closing = head.Closing.MinorUnits,
                    count = (long)end.Entries,
                    now = clock.Now().ToUnixTimeMilliseconds(),
                }),
            ct);
    }

    private sealed class Tally
    {
        private readonly List<EntryConflict> conflicts = [];
        private int matched, unmatched, wentOut, known, conflictCount;

        public int Statements { get; set; }

        public List<string> Gaps { get; } = [];

        public List<string> Corrected { get; } = [];

        public int Told => matched + unmatched + wentOut + known + conflictCount;

        public ImportResult Outcome => new(Statements, matched, unmatched, wentOut, known, conflictCount, conflicts, Gaps, Corrected);

        public void Add(BankEntry entry, Receipt<EntryEvent> receipt, string? reference = null)
        {
            if (receipt.Refusal is { } refusal)
            {
                if (refusal.Code is not EntryRefusal.EntryDiffers) throw new InvalidOperationException($"The bank's entry {entry.Reference} was refused: {refusal}.");
                conflictCount++;
                if (conflicts.Count < MostConflicts) conflicts.Add(new(reference ?? entry.Reference, refusal.Facts[0].Value, entry.Line));
            }
            else if (receipt.Events.OfType<EntryBooked>().SingleOrDefault() is not { } booked) known++;
            else if (booked.Standing == EntryStanding.Matched) matched++;
            else if (booked.Standing == EntryStanding.Unmatched) unmatched++;
            else wentOut++;
        }
    }
}
