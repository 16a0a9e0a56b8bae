using System.Text;
using Ainalym.Journal;
using Ainalym.Journal.Following;
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

    /// <summary>Null for an event that is no bid.</summary>
    internal static BidRow? From(Envelope envelope, bool ended) => envelope.Event switch
    {
        BidPlaced e => new()
        {
            Position = envelope.Position,
            Version = envelope.Version,
            BidderNumber = e.BidderNumber,
            AtMs = e.At.ToUnixTimeMilliseconds(),
            PriceMinor = e.Price.MinorUnits,
            MaximumMinor = ended ? e.Maximum.MinorUnits : null,
        },
        SealedBidPlaced e => new()
        {
            Position = envelope.Position,
            Version = envelope.Version,
            BidderNumber = e.BidderNumber,
            AtMs = e.At.ToUnixTimeMilliseconds(),
            Commitment = e.Commitment,
        },
        _ => null,
    };
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
        SELECT {LotColumns}, s.version AS Version,
               d.moisture_ppm AS MoisturePpm, d.contamination_ppm AS ContaminationPpm, d.latitude_e6 AS LatitudeE6, d.longitude_e6 AS LongitudeE6,
               d.pick_up_from AS PickUpFrom, d.pick_up_to AS PickUpTo, d.description AS Description, d.ladder AS Ladder,
               d.scheduled_close_ms AS ScheduledCloseMs, d.soft_close_minutes AS SoftCloseMinutes, d.soft_close_cap_minutes AS SoftCloseCapMinutes
        FROM lots l JOIN lot_standings s ON s.lot_id = l.lot_id JOIN lot_details d ON d.lot_id = l.lot_id
        WHERE l.lot_id = @id
        """, new { id = lotId.ToString("N") }, ct);

    /// <summary>A lot's bids, newest first.</summary>
    /// <param name="before">The position of the bid to go on from; 0 for from the newest.</param>
    public async Task<IReadOnlyList<BidRow>> Bids(Guid lotId, long before, int n, CancellationToken ct)
    {
        var ended = await db.Single<string>("SELECT status FROM lots WHERE lot_id = @id", new { id = lotId.ToString("N") }, ct) is "awarded" or "unsold";
        var bids = new List<BidRow>(n);
        while (bids.Count < n && await db.Back(LotGrain.Kind.Name, lotId.ToString("N"), before, n, ct) is { Count: > 0 } page)
        {
            bids.AddRange(page.Select(envelope => BidRow.From(envelope, ended)).OfType<BidRow>().Take(n - bids.Count));
            before = page[^1].Position;
        }

        return bids;
    }

    /// <summary>
    /// What only an organisation itself may know of a lot: its number and highest maximum as a bidder, the reserve as its seller. Its last bid is its highest; the amount of a sealed
    /// bid is not told again.
    /// </summary>
    public async Task<OwnRow> OwnOf(Guid lotId, Guid organisation, CancellationToken ct)
    {
        var reserve = await db.Query<ReserveRow>(
            "SELECT reserve_minor AS ReserveMinor FROM lots WHERE lot_id = @id AND seller_id = @organisation", new { id = lotId.ToString("N"), organisation = organisation.ToString("N") }, ct);
        if (reserve.Count > 0) return new OwnRow { ReserveMinor = reserve[0].ReserveMinor };

        var before = 0L;
        while (await db.Back(LotGrain.Kind.Name, lotId.ToString("N"), before, HistoryPage, ct) is { Count: > 0 } page)
        {
            foreach (var envelope in page)
            {
                switch (envelope.Event)
                {
                    case BidPlaced e when e.BidderId == organisation: return new OwnRow { BidderNumber = e.BidderNumber, MaximumMinor = e.Maximum.MinorUnits };
                    case SealedBidPlaced e when e.BidderId == organisation: return new OwnRow { BidderNumber = e.BidderNumber };
                }
            }

            before = page[^1].Position;
        }

        return new OwnRow();
    }

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
        var history = await db.Back(LotGrain.Kind.Name, lotId.ToString("N"), before: 0, int.MaxValue, ct);
        return [.. history.Reverse().Select(envelope => new Recorded<LotEvent>(envelope.Position, envelope.Version, envelope.At, (LotEvent)envelope.Event))];
    }

    private const int HistoryPage = 500;

    private sealed record ReserveRow(long? ReserveMinor);
}
