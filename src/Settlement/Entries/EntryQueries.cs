using System.Globalization;
using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Entries;

/// <summary>A movement at the bank and what became of it.</summary>
public sealed record EntryRow
{
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

    public Money Amount => new(AmountMinor, TextValue.Parse<Currency>(Currency));

    internal EntryFacts Facts => new(
        TextValue.Parse<Iban>(Account), Reference, Amount, IsCredit != 0, DateOnly.ParseExact(Booked, "O", CultureInfo.InvariantCulture), PayerName,
        PayerAccount is null ? null : TextValue.Parse<Iban>(PayerAccount), EndToEndId, Remittance);
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

/// <summary>Reads the rows of the bank's entries and statements.</summary>
public sealed class EntryQueries(IDatabase db)
{
    private const string Columns = """
        entry_id AS EntryId, account AS Account, reference AS Reference, currency AS Currency, amount_minor AS AmountMinor, is_credit AS IsCredit, booked AS Booked, payer_name AS PayerName,
        payer_account AS PayerAccount, end_to_end_id AS EndToEndId, remittance AS Remittance, told_at_ms AS ToldAtMs, standing AS Standing, organisation_id AS OrganisationId, reason AS Reason
        """;

    private const string StatementColumns =
        "account AS Account, name AS Name, currency AS Currency, day AS Day, opening_minor AS OpeningMinor, closing_minor AS ClosingMinor, entries AS Entries, taken_at_ms AS TakenAtMs";

    public Task<EntryRow?> Entry(string id, CancellationToken ct) => db.Single<EntryRow>($"SELECT {Columns} FROM bank_entries WHERE entry_id = @id", new { id }, ct);

    /// <summary>Entries of one standing, by their ids.</summary>
    /// <param name="after">The entry to go on after; empty from the first.</param>
    public Task<IReadOnlyList<EntryRow>> Standing(EntryStanding standing, string after, int n, CancellationToken ct) => db.Query<EntryRow>(
        $"SELECT {Columns} FROM bank_entries WHERE standing = '{KebabCase.Name(standing)}' AND entry_id > @after ORDER BY entry_id {db.Page}", new { after, n }, ct);

    /// <summary>What stands in the way of a balance: movements that the ledger does not have, and their sum, what came in positive.</summary>
    public Task<long> Unposted(Currency currency, CancellationToken ct) => db.Single<long>(
        "SELECT COALESCE(SUM(CASE WHEN is_credit = 1 THEN amount_minor ELSE -amount_minor END), 0) FROM bank_entries WHERE standing = 'unexplained' AND currency = @currency", new { currency = currency.Code }, ct);

    /// <summary>The statements of a currency, the latest day first, and of a day what was taken in last.</summary>
    public Task<IReadOnlyList<StatementRow>> Statements(Currency currency, int n, CancellationToken ct) => db.Query<StatementRow>(
        $"SELECT {StatementColumns} FROM bank_statements WHERE currency = @currency ORDER BY day DESC, place DESC {db.Page}", new { currency = currency.Code, n }, ct);

    /// <summary>The first statement of a currency: what it opens with was there before the house kept a ledger.</summary>
    public async Task<StatementRow?> First(Currency currency, CancellationToken ct) => (await db.Query<StatementRow>(
        $"SELECT {StatementColumns} FROM bank_statements WHERE currency = @currency ORDER BY day, place {db.Page}", new { currency = currency.Code, n = 1 }, ct)).FirstOrDefault();

    internal async Task<EntryFacts?> Facts(string id, CancellationToken ct) => (await Entry(id, ct))?.Facts;

    /// <summary>Which of these entries wait to be gone back to their payers, by id.</summary>
    internal async Task<IReadOnlyDictionary<string, long>> Returning(IReadOnlyList<string> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return new Dictionary<string, long>(StringComparer.Ordinal);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (n, id) in ids.Index()) values[string.Create(CultureInfo.InvariantCulture, $"i{n}")] = id;
        var rows = await db.Query<EntryRow>(
            $"SELECT {Columns} FROM bank_entries WHERE standing = 'returning' AND entry_id IN ({string.Join(", ", ids.Select((_, n) => string.Create(CultureInfo.InvariantCulture, $"@i{n}")))}) ORDER BY entry_id", values, ct);
        return rows.ToDictionary(row => row.EntryId, row => row.AmountMinor, StringComparer.Ordinal);
    }
}
