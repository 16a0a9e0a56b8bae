using System.Globalization;
using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Ledgers;

/// <summary>What has gone through an account; credits less debits is its balance.</summary>
public sealed record AccountRow
{
    public required string Account { get; init; }
    public required long DebitsPosted { get; init; }
    public required long CreditsPosted { get; init; }
    public required long DebitsPending { get; init; }
    public required long CreditsPending { get; init; }
    public required long LastNumber { get; init; }

    public Balance Balance => new(DebitsPosted, CreditsPosted, DebitsPending, CreditsPending, LastNumber);
}

/// <summary>One line of an account's statement.</summary>
public sealed record PostingRow
{
    /// <summary>Of the event that posted it, within the ledger.</summary>
    public required long Number { get; init; }

    /// <summary>The number of the account's posting before it; 0 for the first.</summary>
    public required long Previous { get; init; }
    public required string Transfer { get; init; }

    /// <summary>The account on the other side.</summary>
    public required string Other { get; init; }

    /// <summary>Credits positive, debits negative.</summary>
    public required long AmountMinor { get; init; }

    /// <summary>The account's balance after it.</summary>
    public required long BalanceMinor { get; init; }
    public required string Purpose { get; init; }
    public required string Reference { get; init; }
    public required long AtMs { get; init; }
}

/// <summary>Money of an account that is set aside.</summary>
public sealed record HoldRow
{
    public required string Transfer { get; init; }
    public required string Debit { get; init; }
    public required string Credit { get; init; }
    public required long AmountMinor { get; init; }
    public required string Purpose { get; init; }
    public required string Reference { get; init; }
    public long? ExpiresAtMs { get; init; }
    public required long HeldAtMs { get; init; }
}

/// <summary>How a transfer in two steps stands now.</summary>
public sealed record TransferRow
{
    public long? PostedMinor { get; init; }

    /// <summary><c>posted</c>, <c>held</c>, <c>voided</c> or <c>expired</c>.</summary>
    public required string State { get; init; }
    public long? EndedAtMs { get; init; }
}

/// <summary>All accounts of one kind, summed.</summary>
public sealed record TrialBalanceLine
{
    /// <summary>As <see cref="AccountKind"/> is written.</summary>
    public required string Kind { get; init; }
    public required long Accounts { get; init; }
    public required long DebitsMinor { get; init; }
    public required long CreditsMinor { get; init; }

    /// <summary>The accounts' balances as their last postings say them: what the house owes is positive.</summary>
    public required long BalanceMinor { get; init; }

    /// <summary>The postings give the balances they say.</summary>
    public bool Agrees => CreditsMinor - DebitsMinor == BalanceMinor;

    /// <summary>What is wrong with a trial balance, the first of it: every line agrees, and the balances add up to zero, so that client money is what it is owed as. Null where nothing is.</summary>
    public static string? Problem(IReadOnlyList<TrialBalanceLine> lines, Currency currency)
    {
        if (lines.FirstOrDefault(line => !line.Agrees) is { } off) return $"the postings of accounts of kind {off.Kind} give {new Money(off.CreditsMinor - off.DebitsMinor, currency)}, their balances {new Money(off.BalanceMinor, currency)}";
        return lines.Sum(line => line.BalanceMinor) is not 0 and var sum ? $"its sum is {new Money(sum, currency)}" : null;
    }
}

/// <summary>Reads the ledgers' rows.</summary>
public sealed class LedgerQueries(IDatabase db)
{
    private sealed record ReceiptRow
    {
        public required long Events { get; init; }
        public long? NextPosting { get; init; }
    }

    /// <summary>The kind of an account out of its text: what stands before the owner.</summary>
    private static readonly string KindOf =
        $"CASE {string.Concat(Enum.GetValues<AccountKind>().Where(AccountId.HasOwner).Select(kind => $"WHEN a.account LIKE '{KebabCase.Name(kind)}-%' THEN '{KebabCase.Name(kind)}' "))}ELSE a.account END";

    /// <summary>The most lines of one page of a statement; an engine follows no longer walk unasked.</summary>
    public const int LongestPage = 100;

    /// <summary>Those of the accounts that were ever touched.</summary>
    public Task<IReadOnlyList<AccountRow>> Accounts(Currency currency, IReadOnlyList<AccountId> accounts, CancellationToken ct)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal) { ["currency"] = currency.Code };
        foreach (var (n, account) in accounts.Index()) values[string.Create(CultureInfo.InvariantCulture, $"a{n}")] = account.ToString();
        return db.Query<AccountRow>(
            $"""
            SELECT account AS Account, debits_posted AS DebitsPosted, credits_posted AS CreditsPosted, debits_pending AS DebitsPending, credits_pending AS CreditsPending, last_number AS LastNumber
            FROM ledger_accounts WHERE currency = @currency AND account IN ({string.Join(", ", accounts.Select((_, n) => string.Create(CultureInfo.InvariantCulture, $"@a{n}")))})
            ORDER BY account
            """, values, ct);
    }

    /// <summary>The organisations that owe the house something now: a rail took back what they had used already. Looks at the debts of all from whom one ever took anything back, who are few.</summary>
    public async Task<IReadOnlySet<Guid>> Debtors(Currency currency, CancellationToken ct) => (await db.Query<string>(
        // A dot comes after every hyphen.
        "SELECT account FROM ledger_accounts WHERE currency = @currency AND account >= 'owed-' AND account < 'owed.' AND debits_posted > credits_posted",
        new { currency = currency.Code }, ct)).Select(account => TextValue.Parse<AccountId>(account).Owner).ToHashSet();

    /// <summary>An account's statement, the latest first, walked from posting to posting.</summary>
    /// <param name="from">The posting to begin with: an account's last, or a line's <see cref="PostingRow.Previous"/>.</param>
    /// <param name="n">From 1 to <see cref="LongestPage"/>.</param>
    public Task<IReadOnlyList<PostingRow>> Statement(Currency currency, AccountId account, long from, int n, CancellationToken ct) => db.Query<PostingRow>(
        $"""
        WITH walk AS (
            SELECT {AsSeen}, CAST(1 AS BIGINT) AS nth FROM ledger_postings p WHERE p.currency = @currency AND p.number = @from AND (p.debit = @account OR p.credit = @account)
            UNION ALL
            SELECT {AsSeen}, w.nth + 1 AS nth FROM walk w JOIN ledger_postings p ON p.currency = @currency AND p.number = w.previous WHERE w.nth < @n
        )
        SELECT w.number AS Number, w.previous AS Previous, w.transfer AS Transfer, w.other AS Other, w.amount AS AmountMinor, w.balance AS BalanceMinor,
            w.purpose AS Purpose, w.reference AS Reference, w.at_ms AS AtMs
        FROM walk w
        ORDER BY w.number DESC
        """, new { currency = currency.Code, account = account.ToString(), from, n = n <= LongestPage ? n : throw new ArgumentOutOfRangeException(nameof(n), n, $"At most {LongestPage}.") }, ct);

    /// <summary>What is held of an account's money, by the holds' ids.</summary>
    /// <param name="after">The transfer to go on after; empty from the first.</param>
    public Task<IReadOnlyList<HoldRow>> Holds(Currency currency, AccountId account, string after, int n, CancellationToken ct) => db.Query<HoldRow>(
        $"""
        SELECT {HoldColumns}
        FROM ledger_holds WHERE currency = @currency AND debit = @account AND transfer > @after
        ORDER BY transfer
        {db.Page}
        """, new { currency = currency.Code, account = account.ToString(), after, n }, ct);

    /// <summary>What is held to go to an account, by the holds' ids.</summary>
    /// <param name="of">Only of this account's money.</param>
    /// <param name="after">The transfer to go on after; empty from the first.</param>
    public Task<IReadOnlyList<HoldRow>> HoldsFor(Currency currency, AccountId account, AccountId? of, string after, int n, CancellationToken ct) => db.Query<HoldRow>(
        $"""
        SELECT {HoldColumns}
        FROM ledger_holds WHERE currency = @currency AND credit = @account AND transfer > @after{(of is null ? "" : " AND debit = @of")}
        ORDER BY transfer
        {db.Page}
        """, new { currency = currency.Code, account = account.ToString(), of = of?.ToString(), after, n }, ct);

    /// <summary>A transfer in two steps.</summary>
    public Task<TransferRow?> Transfer(Currency currency, TransferId id, CancellationToken ct) => db.Single<TransferRow>(
        "SELECT posted_minor AS PostedMinor, state AS State, ended_at_ms AS EndedAtMs FROM ledger_transfers WHERE currency = @currency AND transfer = @id", new { currency = currency.Code, id = id.ToString() }, ct);

    /// <summary>
    /// What a command made of a ledger, in order; nothing when it was refused or never came. A stream is read backwards and a receipt names no position, so the reading begins at the first posting after
    /// what the command made: there is one soon in a ledger that is in use.
    /// </summary>
    public async Task<IReadOnlyList<LedgerEvent>> Made(Currency currency, Guid command, CancellationToken ct)
    {
        var receipt = await db.Single<ReceiptRow>(
            """
            SELECT r.events AS Events, p.position AS NextPosting
            FROM receipts r
            JOIN streams s ON s.stream = r.stream AND s.name = @name
            LEFT JOIN ledger_postings p ON p.currency = @currency AND p.number = (SELECT MIN(n.number) FROM ledger_postings n WHERE n.currency = @currency AND n.number > r.version)
            WHERE r.command_id = @command
            """, new { currency = currency.Code, command = command.ToByteArray(bigEndian: true), name = $"{LedgerGrain.Kind.Name}/{currency.Code}" }, ct);
        var made = new List<LedgerEvent>();
        var before = receipt?.NextPosting ?? 0;
        while (made.Count < receipt?.Events && await db.Back(LedgerGrain.Kind.Name, currency.Code, before, MakeTransfers.LongestChain, ct) is { Count: > 0 } page)
        {
            made.AddRange(page.Where(envelope => envelope.CommandId == command).Select(envelope => (LedgerEvent)envelope.Event));
            before = page[^1].Position;
        }

        made.Reverse();
        return made;
    }

    /// <summary>
    /// All that was ever posted, or was up to a position (<see cref="Balances.DailyBalanceQueries.EndOf"/> says where a day ends), by kind of account. Adds up every posting and reads every account's last
    /// balance, so that it leans on nothing that was worked out before: four seconds for a million postings of a million accounts.
    /// </summary>
    public Task<IReadOnlyList<TrialBalanceLine>> TrialBalance(Currency currency, long? upTo, CancellationToken ct)
    {
        var posted = $"currency = @currency{(upTo is null ? "" : " AND position <= @upTo")}";
        return db.Query<TrialBalanceLine>(
            $"""
            SELECT k.kind AS Kind, CAST(COUNT(*) AS BIGINT) AS Accounts, SUM(k.debits) AS DebitsMinor, SUM(k.credits) AS CreditsMinor, SUM(k.balance) AS BalanceMinor
            FROM (
                SELECT {KindOf} AS kind, a.debits, a.credits, CASE WHEN p.debit = a.account THEN p.debit_balance_minor ELSE p.credit_balance_minor END AS balance
                FROM (
                    SELECT s.account, SUM(s.debit) AS debits, SUM(s.credit) AS credits, MAX(s.number) AS last
                    FROM (
                        SELECT debit AS account, number, amount_minor AS debit, CAST(0 AS BIGINT) AS credit FROM ledger_postings WHERE {posted}
                        UNION ALL
                        SELECT credit AS account, number, CAST(0 AS BIGINT) AS debit, amount_minor AS credit FROM ledger_postings WHERE {posted}
                    ) s
                    GROUP BY s.account
                ) a
                JOIN ledger_postings p ON p.currency = @currency AND p.number = a.last
            ) k
            GROUP BY k.kind ORDER BY k.kind
            """, new { currency = currency.Code, upTo }, ct);
    }

    private const string HoldColumns =
        "transfer AS Transfer, debit AS Debit, credit AS Credit, amount_minor AS AmountMinor, purpose AS Purpose, reference AS Reference, expires_at_ms AS ExpiresAtMs, held_at_ms AS HeldAtMs";

    /// <summary>A posting as the account sees it.</summary>
    private const string AsSeen = """
        p.number, p.transfer, p.purpose, p.reference, p.at_ms, CASE WHEN p.debit = @account THEN p.credit ELSE p.debit END AS other, CASE WHEN p.debit = @account THEN -p.amount_minor ELSE p.amount_minor END AS amount,
                CASE WHEN p.debit = @account THEN p.debit_balance_minor ELSE p.credit_balance_minor END AS balance, CASE WHEN p.debit = @account THEN p.debit_previous ELSE p.credit_previous END AS previous
        """;
}
