using System.Globalization;
using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Balances;

/// <summary>The end of a batch, where the chain's hash is stored.</summary>
/// <param name="Hash">Lower-case hex.</param>
public sealed record ChainEnd(long Position, string Hash)
{
    /// <summary>Before the first batch there ever was.</summary>
    public static ChainEnd None { get; } = new(0, new string('0', 64));
}

/// <summary>A signed trial balance.</summary>
public sealed record SignedBalanceRow
{
    public required string Currency { get; init; }

    /// <summary><c>yyyy-MM-dd</c>.</summary>
    public required string Day { get; init; }
    public required long Position { get; init; }
    public required string ChainHash { get; init; }
    public required string Token { get; init; }
    public required long AtMs { get; init; }
}

/// <summary>Reads the signed trial balances, and the chain that they name.</summary>
public sealed class DailyBalanceQueries(IDatabase db)
{
    private const string Columns = "currency AS Currency, day AS Day, position AS Position, chain_hash AS ChainHash, token AS Token, at_ms AS AtMs";

    private sealed record ChainRow
    {
        public required long Position { get; init; }
        public required byte[] Hash { get; init; }

        public ChainEnd End => new(Position, Convert.ToHexStringLower(Hash));
    }

    /// <summary>A currency's signed balances, the latest first.</summary>
    /// <param name="before">The day to go on before; null: from the latest.</param>
    public Task<IReadOnlyList<SignedBalanceRow>> Of(Currency currency, string? before, int n, CancellationToken ct) => db.Query<SignedBalanceRow>(
        $"SELECT {Columns} FROM daily_balances WHERE currency = @currency{(before is null ? "" : " AND day < @before")} ORDER BY day DESC {db.Page}", new { currency = currency.Code, before, n }, ct);

    public Task<SignedBalanceRow?> On(Currency currency, DateOnly day, CancellationToken ct) => db.Single<SignedBalanceRow>(
        $"SELECT {Columns} FROM daily_balances WHERE currency = @currency AND day = @day", new { currency = currency.Code, day = day.ToString("O", CultureInfo.InvariantCulture) }, ct);

    /// <summary>The last batch that ended before a position and an instant. It begins at the position, so that it looks at few rows when that is not long after the instant.</summary>
    public async Task<ChainEnd> LastBatch(long position, DateTimeOffset before, CancellationToken ct) => (await db.Query<ChainRow>(
        $"""
        SELECT c.position AS Position, c.hash AS Hash FROM chain c JOIN events e ON e.position = c.position
        WHERE c.position < @position AND e.at_ms < @before
        ORDER BY c.position DESC
        {db.Page}
        """, new { position, before = before.ToUnixTimeMilliseconds(), n = 1 }, ct)).FirstOrDefault()?.End ?? ChainEnd.None;

    /// <summary>
    /// The position at which a day of Kazakhstan ends: that of the last batch that ended before midnight, as the chain's hash stands at the ends of batches and the day's trial balance is signed with it. A batch
    /// across midnight belongs to the day after, whole. Looks at every batch since.
    /// </summary>
    public async Task<long> EndOf(DateOnly day, CancellationToken ct) => (await LastBatch(long.MaxValue, DailyBalanceDecider.EndOf(day), ct)).Position;

    /// <summary>The end of a batch; null where none ends.</summary>
    public async Task<ChainEnd?> BatchEnd(long position, CancellationToken ct) => position == 0
        ? ChainEnd.None
        : (await db.Single<ChainRow>("SELECT position AS Position, hash AS Hash FROM chain WHERE position = @position", new { position }, ct))?.End;
}
