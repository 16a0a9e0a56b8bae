using System.Globalization;
using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Rails;

namespace Ainalym.Settlement.Entries;

/// <summary>A movement at the bank and what became of it.</summary>
public sealed record EntryRow
{
    internal const string Columns = """
        entry_id AS EntryId, account AS Account, reference AS Reference, currency AS Currency, amount_minor AS AmountMinor, is_credit AS IsCredit, booked AS Booked, payer_name AS PayerName,
        payer_account AS PayerAccount, end_to_end_id AS EndToEndId, remittance AS Remittance, told_at_ms AS ToldAtMs, standing AS Standing, organisation_id AS OrganisationId, reason AS Reason,
        undoes AS Undoes, return_id AS ReturnId
        """;

    public required string EntryId { get; init; }
    public required string Account { get; init; }
    public required string Reference { get; init; }
    public required string Currency { get; init; }
    public required long AmountMinor { get; init; }
    public required long IsCredit { get; init; }

    /// <summary><c>yyyy-MM-dd</c>.</summary>
    public required string Booked { get; init; }
    public string? PayerName { get; init; }
    public string? PayerAccount { get; init; }
    public string? EndToEndId { get; init; }
    public required string Remittance { get; init; }
    public required long ToldAtMs { get; init; }

    /// <summary>As <see cref="EntryStanding"/> is written.</summary>
    public required string Standing { get; init; }
    public string? OrganisationId { get; init; }
    public string? Reason { get; init; }

    /// <summary>The reference of what it undoes.</summary>
    public string? Undoes { get; init; }

    /// <summary>What the payment back is called, where it is not called as the entry.</summary>
    public string? ReturnId { get; init; }

    /// <summary>What the payment back to the payer is called, if there is one.</summary>
    public string Payment => ReturnId ?? EntryId;

    public Money Amount => new(AmountMinor, TextValue.Parse<Currency>(Currency));

    internal EntryFacts Facts => new(
        TextValue.Parse<RailAccount>(Account), Reference, Amount, IsCredit != 0, DateOnly.ParseExact(Booked, "O", CultureInfo.InvariantCulture), PayerName,
        PayerAccount is null ? null : TextValue.Parse<Iban>(PayerAccount), EndToEndId, Remittance, Undoes);
}

/// <summary>A statement that was taken in.</summary>
public sealed record StatementRow
{
    public required string Account { get; init; }
    public required string Name { get; init; }
    public required string Currency { get; init; }
    public required string Day { get; init; }
    public required long OpeningMinor { get; init; }
    public required long ClosingMinor { get; init; }
    public required long Entries { get; init; }
    public required long TakenAtMs { get; init; }
}

/// <summary>Something by which the bank's balance and the ledger's differ.</summary>
public sealed record DifferenceRow
{
    /// <summary>Of the statement, the entry or the posting; <c>yyyy-MM-dd</c>.</summary>
    public string? Day { get; init; }

    /// <summary>When it was posted, where no bank has told of it.</summary>
    public long? AtMs { get; init; }

    /// <summary>What the bank calls it; of a posting that no bank has told of, its transfer.</summary>
    public required string Reference { get; init; }

    /// <summary>At the bank more than in the ledger.</summary>
    public required long AmountMinor { get; init; }
}

/// <summary>Reads the rows of the bank's entries and statements.</summary>
public sealed class EntryQueries(IDatabase db)
{
    private const string AtBank = "account NOT LIKE 'card:%'";

    /// <summary>More accounts of one currency than any house has.</summary>
    private const int MostAccounts = 100;

    private const string StatementColumns =
        "account AS Account, name AS Name, currency AS Currency, day AS Day, opening_minor AS OpeningMinor, closing_minor AS ClosingMinor, entries AS Entries, taken_at_ms AS TakenAtMs";

    public Task<EntryRow?> Entry(string id, CancellationToken ct) => db.Single<EntryRow>($"SELECT {EntryRow.Columns} FROM bank_entries WHERE entry_id = @id", new { id }, ct);

    /// <summary>Entries of one standing, by their ids.</summary>
    /// <param name="after">The entry to go on after; empty from the first.</param>
    public Task<IReadOnlyList<EntryRow>> Standing(EntryStanding standing, string after, int n, CancellationToken ct) => db.Query<EntryRow>(
        $"SELECT {EntryRow.Columns} FROM bank_entries WHERE standing = '{KebabCase.Name(standing)}' AND entry_id > @after ORDER BY entry_id {db.Page}", new { after, n }, ct);

    /// <summary>What stands in the way of the bank's balance: movements that the ledger does not have, the first of them by their ids.</summary>
    public Task<IReadOnlyList<EntryRow>> UnexplainedAtBank(Currency currency, int n, CancellationToken ct) => db.Query<EntryRow>(
        $"SELECT {EntryRow.Columns} FROM bank_entries WHERE standing = 'unexplained' AND {AtBank} AND currency = @currency ORDER BY entry_id {db.Page}", new { currency = currency.Code, n }, ct);

    /// <summary>The sum of all these, what came in positive, in minor units.</summary>
    public Task<long> Unposted(Currency currency, CancellationToken ct) => db.Single<long>(
        $"SELECT COALESCE(SUM(CASE WHEN is_credit = 1 THEN amount_minor ELSE -amount_minor END), 0) FROM bank_entries WHERE standing = 'unexplained' AND {AtBank} AND currency = @currency", new { currency = currency.Code }, ct);

    /// <summary>Statements that do not open with what the one before them closed with: something between them is missing.</summary>
    public Task<IReadOnlyList<DifferenceRow>> Gaps(Currency currency, int n, CancellationToken ct) => db.Query<DifferenceRow>(
        $"""
        SELECT s.day AS Day, s.name AS Reference, s.opening_minor - s.before AS AmountMinor
        FROM (SELECT day, name, place, opening_minor, LAG(closing_minor) OVER (PARTITION BY account ORDER BY day, place) AS before FROM bank_statements WHERE currency = @currency) s
        WHERE s.before <> s.opening_minor
        ORDER BY s.day, s.place
        {db.Page}
        """, new { currency = currency.Code, n }, ct);

    /// <summary>Entries of the bank that are to be in the ledger and are not: they are on their way, or the follower that posts them stands still. Looks at every entry.</summary>
    public Task<IReadOnlyList<DifferenceRow>> NotPosted(Currency currency, int n, CancellationToken ct) => db.Query<DifferenceRow>(
        $"""
        SELECT e.booked AS Day, e.reference AS Reference, CASE WHEN e.is_credit = 1 THEN e.amount_minor ELSE -e.amount_minor END AS AmountMinor
        FROM bank_entries e LEFT JOIN ledger_postings p ON p.currency = e.currency AND p.reference = e.entry_id
        WHERE e.currency = @currency AND e.account NOT LIKE 'card:%' AND e.standing NOT IN ('unexplained', 'split') AND p.number IS NULL
        ORDER BY e.booked, e.reference
        {db.Page}
        """, new { currency = currency.Code, n }, ct);

    /// <summary>What was posted to the bank's account and no statement has told of. Looks at every posting.</summary>
    public Task<IReadOnlyList<DifferenceRow>> NotTold(Currency currency, int n, CancellationToken ct) => db.Query<DifferenceRow>(
        $"""
        SELECT p.at_ms AS AtMs, p.transfer AS Reference, CASE WHEN p.debit = '{AccountId.Bank}' THEN -p.amount_minor ELSE p.amount_minor END AS AmountMinor
        FROM ledger_postings p LEFT JOIN bank_entries e ON e.entry_id = p.reference
        WHERE p.currency = @currency AND (p.debit = '{AccountId.Bank}' OR p.credit = '{AccountId.Bank}') AND e.entry_id IS NULL
        ORDER BY p.number
        {db.Page}
        """, new { currency = currency.Code, n }, ct);

    /// <summary>Entries that the bank now tells otherwise than they were taken in: what it tells now, less what was taken in.</summary>
    public Task<IReadOnlyList<DifferenceRow>> ToldOtherwise(Currency currency, int n, CancellationToken ct) => db.Query<DifferenceRow>(
        $"""
        SELECT e.booked AS Day, e.reference AS Reference, c.told_minor - CASE WHEN e.is_credit = 1 THEN e.amount_minor ELSE -e.amount_minor END AS AmountMinor
        FROM bank_conflicts c JOIN bank_entries e ON e.entry_id = c.entry_id
        WHERE e.currency = @currency
        ORDER BY e.booked, e.reference
        {db.Page}
        """, new { currency = currency.Code, n }, ct);

    /// <summary>How many entries of all banks are told otherwise than they were taken in: few, mostly none.</summary>
    internal Task<long> Conflicts(CancellationToken ct) => db.Single<long>("SELECT CAST(COUNT(*) AS BIGINT) FROM bank_conflicts", ct: ct);

    /// <summary>The statements of a currency, the latest day first, and of a day what was taken in last.</summary>
    public Task<IReadOnlyList<StatementRow>> Statements(Currency currency, int n, CancellationToken ct) => db.Query<StatementRow>(
        $"SELECT {StatementColumns} FROM bank_statements WHERE currency = @currency ORDER BY day DESC, place DESC {db.Page}", new { currency = currency.Code, n }, ct);

    /// <summary>A statement by what its bank calls it, on its day.</summary>
    internal Task<StatementRow?> Statement(Iban account, Currency currency, string day, string name, CancellationToken ct) => db.Single<StatementRow>(
        $"SELECT {StatementColumns} FROM bank_statements WHERE account = @account AND currency = @currency AND day = @day AND name = @name", new { account = account.ToString(), currency = currency.Code, day, name }, ct);

    /// <summary>Of each account its latest statement: what lies at the bank.</summary>
    public Task<IReadOnlyList<StatementRow>> Latest(Currency currency, CancellationToken ct) => Ends(currency, "later.day > s.day OR (later.day = s.day AND later.place > s.place)", ct);

    /// <summary>Of each account its first statement: what it opens with was there before the house kept a ledger.</summary>
    public Task<IReadOnlyList<StatementRow>> First(Currency currency, CancellationToken ct) => Ends(currency, "later.day < s.day OR (later.day = s.day AND later.place < s.place)", ct);

    /// <summary>Movements that undo the one of this reference and wait for somebody to say whose they are, the first of them by their ids.</summary>
    internal Task<IReadOnlyList<EntryRow>> WaitingToUndo(RailAccount account, string reference, int n, CancellationToken ct) => db.Query<EntryRow>(
        $"SELECT {EntryRow.Columns} FROM bank_entries WHERE account = @account AND undoes = @reference AND standing IN ('unmatched', 'unexplained') ORDER BY entry_id {db.Page}",
        new { account = account.ToString(), reference, n }, ct);

    /// <summary>How much of the movement of this reference is undone, in minor units.</summary>
    internal Task<long> Undone(RailAccount account, string reference, CancellationToken ct) => db.Single<long>(
        "SELECT COALESCE(SUM(amount_minor), 0) FROM bank_entries WHERE account = @account AND undoes = @reference AND standing = 'assigned'", new { account = account.ToString(), reference }, ct);

    private Task<IReadOnlyList<StatementRow>> Ends(Currency currency, string beyond, CancellationToken ct) => db.Query<StatementRow>(
        $"""
        SELECT {StatementColumns} FROM bank_statements s
        WHERE currency = @currency AND NOT EXISTS (SELECT 1 FROM bank_statements later WHERE later.account = s.account AND later.currency = s.currency AND ({beyond}))
        ORDER BY account {db.Page}
        """, new { currency = currency.Code, n = MostAccounts }, ct);

    internal async Task<EntryFacts?> Facts(string id, CancellationToken ct) => (await Entry(id, ct))?.Facts;

    /// <summary>The entry that goes back with this payment.</summary>
    internal async Task<string> ReturnedBy(string payment, CancellationToken ct) => await db.Single<string>("SELECT entry_id FROM bank_entries WHERE return_id = @payment", new { payment }, ct) ?? payment;

    /// <summary>Which of these payments are of entries that wait to be gone back to their payers, and how much.</summary>
    internal async Task<IReadOnlyDictionary<string, Money>> Returning(IReadOnlyList<string> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return new Dictionary<string, Money>(StringComparer.Ordinal);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (n, id) in ids.Index()) values[string.Create(CultureInfo.InvariantCulture, $"i{n}")] = id;
        var named = string.Join(", ", ids.Select((_, n) => string.Create(CultureInfo.InvariantCulture, $"@i{n}")));
        var rows = await db.Query<EntryRow>(
            $"SELECT {EntryRow.Columns} FROM bank_entries WHERE standing = 'returning' AND ((entry_id IN ({named}) AND return_id IS NULL) OR return_id IN ({named})) ORDER BY entry_id", values, ct);
        return rows.ToDictionary(row => row.Payment, row => row.Amount, StringComparer.Ordinal);
    }
}
