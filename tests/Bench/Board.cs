using System.Diagnostics;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Market.Lots;
using Dapper;

namespace Ainalym.Bench;

/// <summary>A page of the board, unfiltered and filtered, from the start and from the middle, with few lots and with many.</summary>
public static class Board
{
    public static async Task<Row> Run(string name, int lots, TimeSpan measured)
    {
        await using var house = Ground.Open(Ground.Folder($"board{lots}"));
        await Ground.List(house, 0, 1);
        await Fill(house, lots);
        var queries = new LotQueries(house.Database);
        var middle = new Cursor(house.Clock.Now().AddDays(45).ToUnixTimeMilliseconds(), "");
        (BoardFilter Filter, Cursor After)[] pages =
        [
            (new BoardFilter(), Cursor.Start),
            (new BoardFilter(), middle),
            (new BoardFilter(Kernel.TextValue.Parse<Kernel.Region>("75")), Cursor.Start),
            (new BoardFilter(Kernel.TextValue.Parse<Kernel.Region>("31"), "paper"), middle),
            (new BoardFilter(Material: "plastic", Format: LotFormat.Sealed), Cursor.Start),
        ];
        var times = new List<long>();
        var started = Stopwatch.GetTimestamp();
        var rows = 0L;
        for (var n = 0; Stopwatch.GetElapsedTime(started) < measured; n++)
        {
            var before = Stopwatch.GetTimestamp();
            var (filter, after) = pages[n % pages.Length];
            rows += (await queries.Board(filter, BoardOrder.ClosingSoon, after, 50, CancellationToken.None)).Count;
            if (n >= 200) times.Add(Stopwatch.GetTimestamp() - before);
        }

        var kinds = times.Count;
        return new(name, kinds / Stopwatch.GetElapsedTime(started).TotalSeconds, Times.Of(times), $"pages of {rows / (kinds + 200.0):0} of {lots:N0} open lots");
    }

    /// <summary>
    /// Copies the one listed lot's row, spread over regions, materials, formats and closing times. Only the board's table matters here. The indexes are taken away and made again,
    /// as a million rows go into a sorted index faster than one by one.
    /// </summary>
    private static Task<int> Fill(House house, int lots) => house.Database.Write(writing =>
    {
        var columns = LotRows.Lots.Columns.Except(["region", "material", "format", "closes_at_ms"]).ToArray();
        var indexes = writing.Connection.Query<(string Name, string Sql)>("SELECT name, sql FROM sqlite_master WHERE tbl_name = 'lots' AND type = 'index' AND sql IS NOT NULL").AsList();
        foreach (var (index, _) in indexes) writing.Run($"DROP INDEX {index}");
        var filled = writing.Run($"""
            INSERT INTO lots (lot_id, region, material, format, closes_at_ms, {string.Join(", ", columns)})
            WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < @lots)
            SELECT lower(hex(randomblob(16))), printf('%02d0000000', substr('1011151923273133353943475559616263717579', 1 + 2 * (n % 20), 2)),
                   CASE n % 3 WHEN 0 THEN 'paper' WHEN 1 THEN 'plastic' ELSE 'glass' END, CASE n % 5 WHEN 0 THEN 'sealed' ELSE 'ascending' END,
                   closes_at_ms + (n * 7919 % @lots) * (5184000000 / @lots), {string.Join(", ", columns)}
            FROM lots, n
            """, new { lots });
        writing.Run("INSERT INTO lot_standings (lot_id, version, price_minor, bids, leader_number, reserve_met) SELECT lot_id, 4, 4500000, 3, 1, 1 FROM lots WHERE lot_id NOT IN (SELECT lot_id FROM lot_standings)");
        foreach (var (_, sql) in indexes) writing.Run(sql);
        return filled;
    });
}
