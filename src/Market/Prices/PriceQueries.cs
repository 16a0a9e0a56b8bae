using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market.Lots;

namespace Ainalym.Market.Prices;

/// <summary>What prices and totals of the floor are worked out of.</summary>
public sealed class PriceQueries(IDatabase db)
{
    /// <summary>The floor now, and what was sold since.</summary>
    public async Task<MarketTotals> Totals(DateTimeOffset since, CancellationToken ct) => (await db.Single<MarketTotals>("""
        SELECT o.lots AS OpenLots, COALESCE(o.grams, 0) AS OpenGrams, a.lots AS SoldLots, COALESCE(a.grams, 0) AS SoldGrams, COALESCE(a.minor, 0) AS SoldMinor
        FROM (SELECT CAST(COUNT(*) AS BIGINT) AS lots, SUM(mass_g) AS grams FROM lots WHERE status = 'open') o
        CROSS JOIN (SELECT CAST(COUNT(*) AS BIGINT) AS lots, SUM(mass_g) AS grams, SUM(award_minor) AS minor FROM lots WHERE status = 'awarded' AND ended_at_ms >= @since AND currency = 'KZT') a
        """, new { since = since.ToUnixTimeMilliseconds() }, ct))!;

    /// <summary>Deals that were settled for tenge since, the latest first.</summary>
    /// <param name="grade">Only of this one; null of all.</param>
    /// <param name="region">Only where the lot lay here; null in the whole country.</param>
    public Task<IReadOnlyList<SettledDeal>> Settled(DateTimeOffset since, GradeCode? grade, Region? region, int n, CancellationToken ct) => db.Query<SettledDeal>(
        $"""
        SELECT grade AS Grade, seller_id AS SellerId, buyer_id AS BuyerId, price_minor AS PriceMinor, net_g AS NetG, changed_at_ms AS AtMs
        FROM deals
        WHERE stage = 'settled' AND currency = 'KZT' AND changed_at_ms >= @since{(grade is null ? "" : " AND grade_key = @grade")}{(region is null ? "" : " AND region = @region")}
        ORDER BY changed_at_ms DESC
        {db.Page}
        """, new { since = since.ToUnixTimeMilliseconds(), grade = grade?.Folded, region = region?.Code, n }, ct);

    /// <summary>A grade's lots that were sold, the latest first.</summary>
    /// <param name="before">Goes on after the row with this end and id; none from the latest.</param>
    public Task<IReadOnlyList<LotRow>> Lately(GradeCode grade, Cursor? before, int n, CancellationToken ct) => db.Query<LotRow>(
        $"""
        SELECT {LotQueries.LotColumns}
        FROM lots l JOIN lot_standings s ON s.lot_id = l.lot_id
        WHERE l.status = 'awarded' AND l.grade_key = @grade AND l.ended_at_ms <= @at AND (l.ended_at_ms < @at OR l.lot_id < @id)
        ORDER BY l.ended_at_ms DESC, l.lot_id DESC
        {db.Page}
        """, new { grade = grade.Folded, at = before?.At ?? long.MaxValue, id = before?.Id ?? "~", n }, ct);
}
