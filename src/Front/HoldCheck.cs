using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Front;

/// <summary>A guarantee that is held for nothing.</summary>
public sealed record StrayHold
{
    public required string Transfer { get; init; }
    public required string Currency { get; init; }

    /// <summary>The account whose money it is.</summary>
    public required string Debit { get; init; }
    public required long AmountMinor { get; init; }
    public required string LotId { get; init; }
    public required long EndedAtMs { get; init; }

    /// <summary>1 where a deal names it, or where it is the winner's and his deal is not opened yet: that deal's money has still to move, by somebody who is late, and he needs it.</summary>
    public required long IsNeeded { get; init; }
}

/// <summary>
/// Looks for guarantees that are still held though their lot has ended and no deal waits for the payment they stand for. There are none when all is well, as the end of a lot releases them;
/// it is looked for all the same, every night, because it is other people's money, and what nobody needs goes back then.
/// </summary>
public sealed class HoldCheck(IDatabase db, TimeProvider time)
{
    /// <summary>What ended later may still be on its way.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <param name="currency">Of this ledger; null: of all.</param>
    /// <param name="after">The transfer to go on after; empty from the first.</param>
    public Task<IReadOnlyList<StrayHold>> Find(Currency? currency, string after, int n, CancellationToken ct) => db.Query<StrayHold>(
        $"""
        SELECT h.transfer AS Transfer, h.currency AS Currency, h.debit AS Debit, h.amount_minor AS AmountMinor, l.lot_id AS LotId, l.ended_at_ms AS EndedAtMs,
            CAST(CASE
                WHEN EXISTS (SELECT 1 FROM deals d WHERE d.lot_id = l.lot_id AND d.guarantee_hold = h.transfer) THEN 1
                WHEN l.winner_id = SUBSTRING(h.debit, 11, 32) AND NOT EXISTS (SELECT 1 FROM deals d WHERE d.lot_id = l.lot_id AND d.buyer_id = l.winner_id) THEN 1
                ELSE 0 END AS BIGINT) AS IsNeeded
        FROM ledger_holds h JOIN lots l ON l.lot_id = SUBSTRING(h.reference, 1, 32)
        WHERE {(currency is null ? "" : "h.currency = @currency AND ")}h.transfer > @after AND h.purpose = 'guarantee' AND l.ended_at_ms < @before
            AND NOT EXISTS (SELECT 1 FROM deals d WHERE d.lot_id = l.lot_id AND d.guarantee_hold = h.transfer AND (d.stage NOT IN ('settled', 'cancelled', 'defaulted') OR d.changed_at_ms >= @before))
        ORDER BY h.transfer
        {db.Page}
        """, new { currency = currency?.Code, after, before = (time.GetUtcNow() - Grace).ToUnixTimeMilliseconds(), n }, ct);
}
