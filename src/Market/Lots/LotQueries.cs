using System.Text;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;

namespace Ainalym.Market.Lots;

/// <summary>Which open lots to show; what is left out does not filter.</summary>
public sealed record BoardFilter(Region? Region = null, string? Material = null, GradeCode? Grade = null, LotFormat? Format = null);

/// <summary>A lot as everyone sees it on a list.</summary>
public record LotRow
{
    public required string LotId { get; init; }
    public required string SellerId { get; init; }
    public required long Revision { get; init; }
    public required long ListedAtMs { get; init; }
    public required string Grade { get; init; }
    public required string Material { get; init; }
    public required string WasteCode { get; init; }
    public required long MassG { get; init; }
    public required string Form { get; init; }
    public required string Region { get; init; }
    public required string Place { get; init; }
    public required string Format { get; init; }
    public required string Currency { get; init; }
    public required long OpeningMinor { get; init; }
    public long? BuyNowMinor { get; init; }
    public required long ClosesAtMs { get; init; }
    public long? PriceMinor { get; init; }
    public required long Bids { get; init; }
    public long? LeaderNumber { get; init; }
    public long? ReserveMet { get; init; }
    public required string Status { get; init; }
    public long? RemainingMs { get; init; }
    public long? EndedAtMs { get; init; }
    public string? UnsoldReason { get; init; }
    public string? AwardedBy { get; init; }
    public long? AwardPriceMinor { get; init; }
    public long? AwardMinor { get; init; }
    public long? WinnerNumber { get; init; }
}

/// <summary>A lot as everyone sees it on its own page.</summary>
public sealed record LotPageRow : LotRow
{
    /// <summary>The stream's version: the lot's ETag.</summary>
    public required long Version { get; init; }

    public required long MoisturePpm { get; init; }
    public required long ContaminationPpm { get; init; }
    public required long LatitudeE6 { get; init; }
    public required long LongitudeE6 { get; init; }
    public required string PickUpFrom { get; init; }
    public required string PickUpTo { get; init; }
    public required string Description { get; init; }
    public string? Ladder { get; init; }
    public required long ScheduledCloseMs { get; init; }
    public required long SoftCloseMinutes { get; init; }
    public required long SoftCloseCapMinutes { get; init; }
}

/// <summary>A bid as everyone sees it: who made it is a number, and its maximum shows only once the lot has ended.</summary>
public sealed record BidRow
{
    public required long Position { get; init; }
    public required long Version { get; init; }
    public required long BidderNumber { get; init; }
    public long? MaximumMinor { get; init; }
    public long? PriceMinor { get; init; }
    public required long AtMs { get; init; }
    public string? Commitment { get; init; }
}

/// <summary>What only one organisation may know of a lot.</summary>
public sealed record OwnRow
{
    public long? BidderNumber { get; init; }
    public long? MaximumMinor { get; init; }
    public long? ReserveMinor { get; init; }
}

/// <summary>Reads the rows of <see cref="LotRows"/>. The reserve and the maxima of a lot that has not ended are read by nothing here but what says so.</summary>
public sealed class LotQueries(IDatabase db)
{
    private const string LotColumns = """
        l.lot_id AS LotId, l.seller_id AS SellerId, l.revision AS Revision, l.listed_at_ms AS ListedAtMs, l.grade AS Grade, l.material AS Material, l.waste_code AS WasteCode,
        l.mass_g AS MassG, l.form AS Form, l.region AS Region, l.place AS Place, l.format AS Format, l.currency AS Currency, l.opening_minor AS OpeningMinor,
        l.buy_now_minor AS BuyNowMinor, l.closes_at_ms AS ClosesAtMs, s.price_minor AS PriceMinor, s.bids AS Bids, s.leader_number AS LeaderNumber,
        s.reserve_met AS ReserveMet, l.status AS Status, l.remaining_ms AS RemainingMs, l.ended_at_ms AS EndedAtMs, l.unsold_reason AS UnsoldReason,
        l.awarded_by AS AwardedBy, l.award_price_minor AS AwardPriceMinor, l.award_minor AS AwardMinor, l.winner_number AS WinnerNumber
        """;

    /// <summary>Open lots, closing soonest first.</summary>
    public Task<IReadOnlyList<LotRow>> Board(BoardFilter filter, Cursor after, int n, CancellationToken ct) =>
        db.Query<LotRow>(BoardSql(filter), new
        {
            closes = after.At,
            id = after.Id,
            region = filter.Region?.Code,
            material = filter.Material,
            grade = filter.Grade?.Folded,
            format = filter.Format is { } format ? KebabCase.Name(format) : null,
            n,
        }, ct);

    /// <summary>The widest of several filters is written so that no index serves it: the planner, which knows no numbers, would otherwise walk along that one.</summary>
    internal string BoardSql(BoardFilter filter)
    {
        var sql = new StringBuilder($"SELECT {LotColumns} FROM lots l JOIN lot_standings s ON s.lot_id = l.lot_id WHERE l.status = 'open'");
        if (filter.Region is not null) sql.Append(" AND l.region = @region");
        if (filter.Grade is not null) sql.Append(" AND l.grade_key = @grade");
        if (filter.Material is not null) sql.Append(filter.Grade is null ? " AND l.material = @material" : " AND COALESCE(l.material, '') = @material");
        if (filter.Format is not null) sql.Append(filter is { Region: null, Material: null, Grade: null } ? " AND l.format = @format" : " AND COALESCE(l.format, '') = @format");
        sql.Append(" AND l.closes_at_ms >= @closes AND (l.closes_at_ms > @closes OR l.lot_id > @id) ORDER BY l.closes_at_ms, l.lot_id ").Append(db.Page);
        return sql.ToString();
    }

    /// <summary>One lot, or null.</summary>
    public Task<LotPageRow?> Lot(Guid lotId, CancellationToken ct) => db.Single<LotPageRow>($"""
        SELECT {LotColumns}, (SELECT MAX(e.version) FROM streams t JOIN events e ON e.stream = t.stream WHERE t.name = @stream) AS Version,
               d.moisture_ppm AS MoisturePpm, d.contamination_ppm AS ContaminationPpm, d.latitude_e6 AS LatitudeE6, d.longitude_e6 AS LongitudeE6,
               d.pick_up_from AS PickUpFrom, d.pick_up_to AS PickUpTo, d.description AS Description, d.ladder AS Ladder,
               d.scheduled_close_ms AS ScheduledCloseMs, d.soft_close_minutes AS SoftCloseMinutes, d.soft_close_cap_minutes AS SoftCloseCapMinutes
        FROM lots l JOIN lot_standings s ON s.lot_id = l.lot_id JOIN lot_details d ON d.lot_id = l.lot_id
        WHERE l.lot_id = @id
        """, new { id = lotId.ToString("N"), stream = Stream(lotId) }, ct);

    /// <summary>A lot's bids, newest first, from before that version of the lot.</summary>
    public Task<IReadOnlyList<BidRow>> Bids(Guid lotId, long beforeVersion, int n, CancellationToken ct) => db.Query<BidRow>($"""
        SELECT b.position AS Position, b.version AS Version, b.bidder_number AS BidderNumber,
               CASE WHEN l.status IN ('awarded', 'unsold') THEN b.maximum_minor END AS MaximumMinor,
               b.price_minor AS PriceMinor, b.at_ms AS AtMs, b.commitment AS Commitment
        FROM streams s JOIN events e ON e.stream = s.stream JOIN bids b ON b.position = e.position JOIN lots l ON l.lot_id = b.lot_id
        WHERE s.name = @stream AND e.version < @before
        ORDER BY e.version DESC
        {db.Page}
        """, new { stream = Stream(lotId), before = beforeVersion, n }, ct);

    /// <summary>What only an organisation itself may know of a lot: its number and highest maximum as a bidder, the reserve as its seller. A sealed bid's amount is in no row.</summary>
    public async Task<OwnRow> OwnOf(Guid lotId, Guid organisation, CancellationToken ct) => (await db.Single<OwnRow>("""
        SELECT MIN(b.bidder_number) AS BidderNumber, MAX(b.maximum_minor) AS MaximumMinor,
               (SELECT l.reserve_minor FROM lots l WHERE l.lot_id = @id AND l.seller_id = @organisation) AS ReserveMinor
        FROM streams s JOIN events e ON e.stream = s.stream JOIN bids b ON b.position = e.position
        WHERE s.name = @stream AND b.bidder_id = @organisation
        """, new { id = lotId.ToString("N"), stream = Stream(lotId), organisation = organisation.ToString("N") }, ct))!;

    /// <summary>Open lots that close before an instant, soonest first: for freezing what an outage has touched, or everything.</summary>
    public Task<IReadOnlyList<LotRow>> OpenUntil(DateTimeOffset closingBefore, Cursor after, int n, CancellationToken ct) => db.Query<LotRow>($"""
        SELECT {LotColumns}
        FROM lots l JOIN lot_standings s ON s.lot_id = l.lot_id
        WHERE l.status = 'open' AND l.closes_at_ms < @until AND l.closes_at_ms >= @closes AND (l.closes_at_ms > @closes OR l.lot_id > @id)
        ORDER BY l.closes_at_ms, l.lot_id
        {db.Page}
        """, new { until = closingBefore.ToUnixTimeMilliseconds(), closes = after.At, id = after.Id, n }, ct);

    /// <summary>Lots that stand still, for resuming them all.</summary>
    public Task<IReadOnlyList<LotRow>> Frozen(string afterLotId, int n, CancellationToken ct) => db.Query<LotRow>($"""
        SELECT {LotColumns}
        FROM lots l JOIN lot_standings s ON s.lot_id = l.lot_id
        WHERE l.status = 'frozen' AND l.lot_id > @id
        ORDER BY l.lot_id
        {db.Page}
        """, new { id = afterLotId, n }, ct);

    /// <summary>A seller's lots, newest first; <paramref name="beforeLotId"/> null for the first page.</summary>
    public Task<IReadOnlyList<LotRow>> OfSeller(Guid sellerId, string? beforeLotId, int n, CancellationToken ct) => db.Query<LotRow>($"""
        SELECT {LotColumns}
        FROM lots l JOIN lot_standings s ON s.lot_id = l.lot_id
        WHERE l.seller_id = @seller AND l.lot_id < @before
        ORDER BY l.lot_id DESC
        {db.Page}
        """, new { seller = sellerId.ToString("N"), before = beforeLotId ?? "z", n }, ct);

    /// <summary>Lots that an organisation has won, newest first; <paramref name="beforeLotId"/> null for the first page.</summary>
    public Task<IReadOnlyList<LotRow>> WonBy(Guid winnerId, string? beforeLotId, int n, CancellationToken ct) => db.Query<LotRow>($"""
        SELECT {LotColumns}
        FROM lots l JOIN lot_standings s ON s.lot_id = l.lot_id
        WHERE l.winner_id = @winner AND l.lot_id < @before
        ORDER BY l.lot_id DESC
        {db.Page}
        """, new { winner = winnerId.ToString("N"), before = beforeLotId ?? "z", n }, ct);

    /// <summary>Everything that happened to a lot, secrets included: for its audit file.</summary>
    public async Task<IReadOnlyList<Recorded<LotEvent>>> History(Guid lotId, CancellationToken ct)
    {
        var rows = await db.Query<HistoryRow>("""
            SELECT e.position AS Position, e.version AS Version, e.at_ms AS AtMs, e.name AS Name, e.data AS Data
            FROM streams s JOIN events e ON e.stream = s.stream
            WHERE s.name = @stream
            ORDER BY e.version
            """, new { stream = Stream(lotId) }, ct);
        return [.. rows.Select(row => new Recorded<LotEvent>(
            row.Position, row.Version, DateTimeOffset.FromUnixTimeMilliseconds(row.AtMs), (LotEvent)LotGrain.Kind.Catalogue.For(row.Name).Read(Encoding.UTF8.GetBytes(row.Data))))];
    }

    private static string Stream(Guid lotId) => $"{LotGrain.Kind.Name}/{lotId:N}";

    private sealed record HistoryRow
    {
        public required long Position { get; init; }
        public required long Version { get; init; }
        public required long AtMs { get; init; }
        public required string Name { get; init; }
        public required string Data { get; init; }
    }
}
