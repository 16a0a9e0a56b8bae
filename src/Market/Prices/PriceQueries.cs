using System.Globalization;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market.Lots;

namespace Ainalym.Market.Prices;

/// <summary>What lots were sold for: only awards in tenge, which anyone can check on the lot's own page.</summary>
public sealed class PriceQueries(IDatabase db)
{
    /// <summary>The floor now, and what was sold since.</summary>
    public async Task<MarketTotals> Totals(DateTimeOffset since, CancellationToken ct) => (await db.Single<MarketTotals>("""
        SELECT o.lots AS OpenLots, COALESCE(o.grams, 0) AS OpenGrams, a.lots AS SoldLots, COALESCE(a.grams, 0) AS SoldGrams, COALESCE(a.minor, 0) AS SoldMinor
        FROM (SELECT CAST(COUNT(*) AS BIGINT) AS lots, SUM(mass_g) AS grams FROM lots WHERE status = 'open') o
        CROSS JOIN (SELECT CAST(COUNT(*) AS BIGINT) AS lots, SUM(mass_g) AS grams, SUM(award_minor) AS minor FROM lots WHERE status = 'awarded' AND ended_at_ms >= @since AND currency = 'KZT') a
        """, new { since = since.ToUnixTimeMilliseconds() }, ct))!;

    /// <summary>Every grade that was sold since.</summary>
    public Task<IReadOnlyList<GradeSales>> ByGrade(DateTimeOffset since, CancellationToken ct) => db.Query<GradeSales>(
        $"""
        WITH sold AS ({Sold("l.grade_key, l.grade, l.material", "l.grade_key")} FROM lots l WHERE l.status = 'awarded' AND l.ended_at_ms >= @since AND l.currency = 'KZT')
        SELECT MIN(grade) AS Grade, MIN(material) AS Material, {Columns} FROM sold GROUP BY grade_key ORDER BY grade_key
        """, new { since = since.ToUnixTimeMilliseconds() }, ct);

    /// <summary>One grade in each of the periods in which it was sold, oldest first.</summary>
    public Task<IReadOnlyList<PeriodSales>> History(GradeCode grade, PricePeriods periods, CancellationToken ct)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal) { ["grade"] = grade.Folded };
        foreach (var (n, start) in periods.StartsMs.Append(long.MaxValue).Index()) values[$"at{n}"] = start;
        var rows = Enumerable.Range(0, periods.Starts.Count).Select(n => string.Create(CultureInfo.InvariantCulture, $"SELECT CAST({n} AS BIGINT) AS period, @at{n} AS since, @at{n + 1} AS upto"));
        return db.Query<PeriodSales>(
            $"""
            WITH periods AS ({string.Join(" UNION ALL ", rows)}),
            sold AS ({Sold("t.period", "t.period")} FROM periods t JOIN lots l ON l.ended_at_ms >= t.since AND l.ended_at_ms < t.upto WHERE l.status = 'awarded' AND l.grade_key = @grade AND l.currency = 'KZT')
            SELECT period AS Period, {Columns} FROM sold GROUP BY period ORDER BY period
            """, values, ct);
    }

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

    private const string Columns = """
        CAST(COUNT(*) AS BIGINT) AS Lots, SUM(mass_g) AS Grams, MIN(price) AS LowestMinor, MAX(price) AS HighestMinor,
            MAX(CASE WHEN nth = (of_all + 1) / 2 THEN price END) AS LowerMedianMinor, MAX(CASE WHEN nth = (of_all / 2) + 1 THEN price END) AS UpperMedianMinor
        """;

    private static string Sold(string keys, string by) =>
        $"SELECT {keys}, l.mass_g, l.award_price_minor AS price, ROW_NUMBER() OVER (PARTITION BY {by} ORDER BY l.award_price_minor) AS nth, CAST(COUNT(*) OVER (PARTITION BY {by}) AS BIGINT) AS of_all";
}
