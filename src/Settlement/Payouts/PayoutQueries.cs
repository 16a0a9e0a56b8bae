using System.Globalization;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Payouts;

/// <summary>Where an organisation is paid.</summary>
public sealed record PayoutAccountRow
{
    public required string OrganisationId { get; init; }
    public string? Account { get; init; }
    public string? NextAccount { get; init; }
    public long? NextFromMs { get; init; }

    internal PayoutAccount State => new(
        Account is null ? null : TextValue.Parse<Iban>(Account), NextAccount is null ? null : TextValue.Parse<Iban>(NextAccount), DateTimeOffset.FromUnixTimeMilliseconds(NextFromMs ?? 0));
}

/// <summary>A payout and where it stands.</summary>
public sealed record PayoutRow
{
    public required string PayoutId { get; init; }
    public required string OrganisationId { get; init; }
    public required string Currency { get; init; }
    public required long AmountMinor { get; init; }
    public required string FromAccount { get; init; }
    public required string ToAccount { get; init; }
    public required long OrderedAtMs { get; init; }

    /// <summary>As <see cref="PayoutStanding"/> is written.</summary>
    public required string Standing { get; init; }
    public long? FileNumber { get; init; }
    public string? Reason { get; init; }
    public required long ChangedAtMs { get; init; }

    public long? ChargeMinor { get; init; }

    public Money Amount => new(AmountMinor, TextValue.Parse<Currency>(Currency));

    /// <summary>What the banks kept when they gave it back; null where they kept nothing.</summary>
    public Money? Charge => ChargeMinor is { } kept ? new(kept, TextValue.Parse<Currency>(Currency)) : null;
}

/// <summary>A line of a file to the bank.</summary>
public sealed record PaymentRow
{
    public required string PaymentId { get; init; }

    /// <summary>As <see cref="PaymentKind"/> is written.</summary>
    public required string Kind { get; init; }
    public required string Currency { get; init; }
    public required long AmountMinor { get; init; }
    public required string Name { get; init; }
    public string? Bin { get; init; }
    public required string ToAccount { get; init; }
    public required string Remittance { get; init; }

    public Money Amount => new(AmountMinor, TextValue.Parse<Currency>(Currency));
}

/// <summary>A file to the bank.</summary>
public sealed record PaymentFileRow
{
    public required string Account { get; init; }
    public required long FileNumber { get; init; }
    public required string Currency { get; init; }
    public required long SumMinor { get; init; }
    public required long Payments { get; init; }
    public required long MadeAtMs { get; init; }

    /// <summary>In whose name the account was; null of files of the first edition.</summary>
    public string? Holder { get; init; }

    public Money Sum => new(SumMinor, TextValue.Parse<Currency>(Currency));
}

/// <summary>What waits for the next file.</summary>
public sealed record PaymentsWaiting
{
    public required string Account { get; init; }
    public required string Currency { get; init; }
    public required long Payments { get; init; }
    public required long SumMinor { get; init; }
}

/// <summary>Reads the rows of payouts and of the payments to the bank.</summary>
public sealed class PayoutQueries(IDatabase db)
{
    private const string Columns = """
        payout_id AS PayoutId, organisation_id AS OrganisationId, currency AS Currency, amount_minor AS AmountMinor, from_account AS FromAccount, to_account AS ToAccount, ordered_at_ms AS OrderedAtMs,
        standing AS Standing, file_number AS FileNumber, reason AS Reason, changed_at_ms AS ChangedAtMs, charge_minor AS ChargeMinor
        """;

    private const string FileColumns = "account AS Account, file_number AS FileNumber, currency AS Currency, sum_minor AS SumMinor, payments AS Payments, made_at_ms AS MadeAtMs, holder AS Holder";

    private const string PaymentColumns =
        "payment_id AS PaymentId, kind AS Kind, currency AS Currency, amount_minor AS AmountMinor, name AS Name, bin AS Bin, to_account AS ToAccount, remittance AS Remittance";

    public Task<PayoutAccountRow?> Account(Guid organisation, CancellationToken ct) => db.Single<PayoutAccountRow>(
        "SELECT organisation_id AS OrganisationId, account AS Account, next_account AS NextAccount, next_from_ms AS NextFromMs FROM payout_accounts WHERE organisation_id = @id", new { id = organisation.ToString("N") }, ct);

    public Task<PayoutRow?> Payout(string id, CancellationToken ct) => db.Single<PayoutRow>($"SELECT {Columns} FROM payouts WHERE payout_id = @id", new { id }, ct);

    /// <summary>An organisation's payouts, the latest first.</summary>
    /// <param name="after">The payout to go on after; empty from the latest.</param>
    public Task<IReadOnlyList<PayoutRow>> Of(Guid organisation, long at, string after, int n, CancellationToken ct) => db.Query<PayoutRow>($"""
        SELECT {Columns} FROM payouts
        WHERE organisation_id = @organisation AND (ordered_at_ms < @at OR (ordered_at_ms = @at AND payout_id < @after))
        ORDER BY ordered_at_ms DESC, payout_id DESC {db.Page}
        """, new { organisation = organisation.ToString("N"), at, after, n }, ct);

    /// <summary>Payouts of one standing, by their ids.</summary>
    public Task<IReadOnlyList<PayoutRow>> Standing(PayoutStanding standing, string after, int n, CancellationToken ct) => db.Query<PayoutRow>(
        $"SELECT {Columns} FROM payouts WHERE standing = '{KebabCase.Name(standing)}' AND payout_id > @after ORDER BY payout_id {db.Page}", new { after, n }, ct);

    /// <summary>What waits for the next file, for each account.</summary>
    public Task<IReadOnlyList<PaymentsWaiting>> Waiting(CancellationToken ct) => db.Query<PaymentsWaiting>(
        $"""
        SELECT account AS Account, currency AS Currency, CAST(COUNT(*) AS BIGINT) AS Payments, SUM(amount_minor) AS SumMinor FROM payments WHERE file_number IS NULL
        GROUP BY account, currency ORDER BY account {db.Page}
        """, new { n = 20 }, ct);

    /// <summary>The files to the bank, the latest first.</summary>
    /// <param name="after">The file to go on after, as <see cref="After"/> names it; null from the latest.</param>
    public Task<IReadOnlyList<PaymentFileRow>> Files(Cursor? after, int n, CancellationToken ct)
    {
        var (account, number) = after?.Id.Split('-') is [var iban, var text] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? (iban, parsed) : ("", 0);
        return db.Query<PaymentFileRow>(
            $"""
            SELECT {FileColumns} FROM payment_files{(after is null ? "" : " WHERE made_at_ms < @at OR (made_at_ms = @at AND (account > @account OR (account = @account AND file_number < @number)))")}
            ORDER BY made_at_ms DESC, account, file_number DESC {db.Page}
            """, new { n, at = after?.At, account, number }, ct);
    }

    /// <summary>Where a list of files goes on after this one.</summary>
    public static Cursor After(PaymentFileRow file) => new(file.MadeAtMs, string.Create(CultureInfo.InvariantCulture, $"{file.Account}-{file.FileNumber}"));

    public Task<PaymentFileRow?> File(string account, long number, CancellationToken ct) => db.Single<PaymentFileRow>(
        $"SELECT {FileColumns} FROM payment_files WHERE account = @account AND file_number = @number", new { account, number }, ct);

    /// <summary>The lines of a file, in the order in which they came.</summary>
    public Task<IReadOnlyList<PaymentRow>> Payments(string account, long number, CancellationToken ct) => db.Query<PaymentRow>($"""
        SELECT {PaymentColumns}
        FROM payments WHERE account = @account AND file_number = @number ORDER BY place {db.Page}
        """, new { account, number, n = MakePaymentFile.MostPayments }, ct);

    /// <summary>The payouts of a file to one account that are of <paramref name="least"/> up to so many minor units, the first of them in the order in which they came.</summary>
    internal Task<IReadOnlyList<PaymentRow>> To(Iban payee, string account, long number, Money least, long most, int n, CancellationToken ct) => db.Query<PaymentRow>($"""
        SELECT {PaymentColumns}
        FROM payments
        WHERE account = @account AND file_number = @number AND to_account = @payee AND kind = '{KebabCase.Name(PaymentKind.Payout)}' AND currency = @currency AND amount_minor BETWEEN @least AND @most
        ORDER BY place {db.Page}
        """, new { account, number, payee = payee.ToString(), currency = least.Currency.Code, least = least.MinorUnits, most, n }, ct);

    /// <summary>The number of the file that a payment is in; null where it is in none.</summary>
    internal Task<long?> FileOf(string payment, CancellationToken ct) => db.Single<long?>("SELECT file_number FROM payments WHERE payment_id = @payment", new { payment }, ct);

    /// <summary>Which of these are payouts, by id.</summary>
    internal async Task<IReadOnlyDictionary<string, PayoutRow>> Known(IReadOnlyList<string> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return new Dictionary<string, PayoutRow>(StringComparer.Ordinal);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (n, id) in ids.Index()) values[string.Create(CultureInfo.InvariantCulture, $"i{n}")] = id;
        var rows = await db.Query<PayoutRow>(
            $"SELECT {Columns} FROM payouts WHERE payout_id IN ({string.Join(", ", ids.Select((_, n) => string.Create(CultureInfo.InvariantCulture, $"@i{n}")))}) ORDER BY payout_id", values, ct);
        return rows.ToDictionary(row => row.PayoutId, StringComparer.Ordinal);
    }
}
