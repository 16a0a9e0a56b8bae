using System.Globalization;
using System.Text;
using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Journal.Http;
using Ainalym.Kernel;

namespace Ainalym.Market.Lots;

/// <summary>Which open lots to show; what is left out does not filter.</summary>
/// <param name="ClosingBefore">Only lots that close before it.</param>
/// <param name="Search">Words, each of which begins one of the lot's (<see cref="SearchWords"/>).</param>
public sealed record BoardFilter(
    Region? Region = null, string? Material = null, GradeCode? Grade = null, LotFormat? Format = null, DateTimeOffset? ClosingBefore = null, string? Search = null);

/// <summary>Which lots are told from the others by their close.</summary>
public enum BoardClosing { Today, Week }

public static class BoardClosings
{
    /// <summary>Within 24 hours, or seven days.</summary>
    public static DateTimeOffset Until(this BoardClosing closing, DateTimeOffset now) => now.AddDays(closing == BoardClosing.Today ? 1 : 7);
}

/// <summary>In which order the board shows them.</summary>
public enum BoardOrder { ClosingSoon, Newest, Largest }

/// <summary>A lot on the map.</summary>
public sealed record LotSpot
{
    public required string LotId { get; init; }
    public required string Grade { get; init; }
    public required string Currency { get; init; }
    public required long OpeningMinor { get; init; }
    public long? PriceMinor { get; init; }
    public required long LatitudeE6 { get; init; }
    public required long LongitudeE6 { get; init; }
}

/// <summary>A lot that an organisation has bid on.</summary>
public sealed record BidOnRow : LotRow
{
    public required long BidderNumber { get; init; }

    public required long IsWinner { get; init; }

    /// <summary><c>leading</c>, <c>outbid</c>, <c>sealed</c>, <c>won</c> or <c>lost</c>.</summary>
    public string Standing => Status switch
    {
        "open" or "frozen" when Format == KebabCase.Name(LotFormat.Sealed) => "sealed",
        "open" or "frozen" => LeaderNumber == BidderNumber ? "leading" : "outbid",
        _ => IsWinner != 0 ? "won" : "lost",
    };
}

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

    /// <summary>The hash of the first photo's small copy.</summary>
    public string? SmallPhoto { get; init; }
    /// <summary>The stream's version: the lot's ETag.</summary>
    public required long Version { get; init; }
    public required string Format { get; init; }
    public required string Currency { get; init; }
    public required long OpeningMinor { get; init; }
    public long? BuyNowMinor { get; init; }

    /// <summary>What a bidder has held; 0: none is asked.</summary>
    public required long GuaranteeMinor { get; init; }
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

    public required long MoisturePpm { get; init; }
    public required long ContaminationPpm { get; init; }
    public required long GuaranteePpm { get; init; }
    public required long LatitudeE6 { get; init; }
    public required long LongitudeE6 { get; init; }
    public required string PickUpFrom { get; init; }
    public required string PickUpTo { get; init; }
    public required string Description { get; init; }

    /// <summary>Hashes, with a space between.</summary>
    public string? Photos { get; init; }
    public string? Ladder { get; init; }
    public required long ScheduledCloseMs { get; init; }
    public required long SoftCloseMinutes { get; init; }
    public required long SoftCloseCapMinutes { get; init; }

    public IReadOnlyList<string> PhotoHashes => Photos?.Split(' ') ?? [];
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

    /// <summary>It was awarded to this organisation.</summary>
    public bool Won { get; init; }
}

/// <summary>Reads the rows of <see cref="LotRows"/>. The reserve and the maxima of a lot that has not ended are read by nothing here but what says so.</summary>
public sealed class LotQueries(IDatabase db)
{
    internal const string LotColumns = """
        l.lot_id AS LotId, l.seller_id AS SellerId, l.revision AS Revision, l.listed_at_ms AS ListedAtMs, l.grade AS Grade, l.material AS Material, l.waste_code AS WasteCode,
        l.mass_g AS MassG, l.form AS Form, l.region AS Region, l.place AS Place, l.format AS Format, l.currency AS Currency, l.opening_minor AS OpeningMinor,
        l.buy_now_minor AS BuyNowMinor, l.guarantee_minor AS GuaranteeMinor, l.closes_at_ms AS ClosesAtMs, s.price_minor AS PriceMinor, s.bids AS Bids, s.leader_number AS LeaderNumber,
        s.reserve_met AS ReserveMet, l.status AS Status, l.remaining_ms AS RemainingMs, l.ended_at_ms AS EndedAtMs, l.unsold_reason AS UnsoldReason,
        (SELECT p.small FROM photos p WHERE p.hash = l.photo) AS SmallPhoto,
        s.version AS Version, l.awarded_by AS AwardedBy, l.award_price_minor AS AwardPriceMinor, l.award_minor AS AwardMinor, l.winner_number AS WinnerNumber
        """;

    /// <summary>Open lots in an order, from the start or after a row.</summary>
    /// <param name="after">None from the start; else <see cref="CursorOf"/> of the last row.</param>
    public Task<IReadOnlyList<LotRow>> Board(BoardFilter filter, BoardOrder order, Cursor? after, int n, CancellationToken ct) =>
        db.Query<LotRow>(BoardSql(filter, order), Values(filter, after ?? (order == BoardOrder.ClosingSoon ? Cursor.Start : new Cursor(long.MaxValue, "~")), n), ct);

    /// <summary>Where the board goes on after this row.</summary>
    public static Cursor CursorOf(LotRow lot, BoardOrder order) => new(
        order switch
        {
            BoardOrder.Newest => lot.ListedAtMs,
            BoardOrder.Largest => lot.MassG,
            _ => lot.ClosesAtMs,
        },
        lot.LotId);

    /// <summary>The first open lots of a filter, closing soonest first, with their places.</summary>
    public Task<IReadOnlyList<LotSpot>> Map(BoardFilter filter, int n, CancellationToken ct) =>
        db.Query<LotSpot>(Filtered(filter, BoardOrder.ClosingSoon, """
            SELECT l.lot_id AS LotId, l.grade AS Grade, l.currency AS Currency, l.opening_minor AS OpeningMinor, s.price_minor AS PriceMinor, d.latitude_e6 AS LatitudeE6, d.longitude_e6 AS LongitudeE6
            FROM lots l JOIN lot_standings s ON s.lot_id = l.lot_id JOIN lot_details d ON d.lot_id = l.lot_id
            """), Values(filter, Cursor.Start, n), ct);

    /// <summary>Lots that an organisation has bid on, newest first; <paramref name="beforeLotId"/> null for the first page. A first bid shows a moment after it was taken.</summary>
    public Task<IReadOnlyList<BidOnRow>> BidOnBy(Guid bidderId, string? beforeLotId, int n, CancellationToken ct) => db.Query<BidOnRow>($"""
        SELECT {LotColumns}, b.bidder_number AS BidderNumber, CAST(CASE WHEN l.winner_id = b.bidder_id THEN 1 ELSE 0 END AS BIGINT) AS IsWinner
        FROM lot_bidders b JOIN lots l ON l.lot_id = b.lot_id JOIN lot_standings s ON s.lot_id = l.lot_id
        WHERE b.bidder_id = @bidder AND b.lot_id < @before
        ORDER BY b.lot_id DESC
        {db.Page}
        """, new { bidder = bidderId.ToString("N"), before = beforeLotId ?? "~", n }, ct);

    private static Dictionary<string, object?> Values(BoardFilter filter, Cursor after, int n)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["at"] = after.At,
            ["id"] = after.Id,
            ["region"] = filter.Region?.Code,
            ["material"] = filter.Material,
            ["grade"] = filter.Grade?.Folded,
            ["format"] = filter.Format is { } format ? KebabCase.Name(format) : null,
            ["until"] = filter.ClosingBefore?.ToUnixTimeMilliseconds(),
            ["n"] = n,
        };
        foreach (var (i, (from, to)) in SearchWords.Asked(filter.Search ?? "").Index()) (values[$"from{i}"], values[$"to{i}"]) = (from, to);
        return values;
    }

    /// <summary>The widest of several filters is written so that no index serves it: the planner, which knows no numbers, would otherwise walk along that one.</summary>
    internal string BoardSql(BoardFilter filter, BoardOrder order) => Filtered(filter, order, $"SELECT {LotColumns} FROM lots l JOIN lot_standings s ON s.lot_id = l.lot_id");

    private string Filtered(BoardFilter filter, BoardOrder order, string select)
    {
        var sql = new StringBuilder(select).Append(" WHERE l.status = 'open'");
        if (filter.Region is not null) sql.Append(" AND l.region = @region");
        if (filter.Grade is not null) sql.Append(" AND l.grade_key = @grade");
        if (filter.Material is not null) sql.Append(filter.Grade is null ? " AND l.material = @material" : " AND COALESCE(l.material, '') = @material");
        if (filter.Format is not null) sql.Append(filter is { Region: null, Material: null, Grade: null } ? " AND l.format = @format" : " AND COALESCE(l.format, '') = @format");
        if (filter.ClosingBefore is not null) sql.Append(" AND l.closes_at_ms < @until");
        for (var i = 0; i < SearchWords.Asked(filter.Search ?? "").Count; i++)
            sql.Append(CultureInfo.InvariantCulture, $" AND l.lot_id IN (SELECT lot_id FROM lot_words WHERE word >= @from{i} AND word < @to{i})");
        sql.Append(order switch
        {
            BoardOrder.Newest => " AND l.listed_at_ms <= @at AND (l.listed_at_ms < @at OR l.lot_id < @id) ORDER BY l.listed_at_ms DESC, l.lot_id DESC ",
            BoardOrder.Largest => " AND l.mass_g <= @at AND (l.mass_g < @at OR l.lot_id < @id) ORDER BY l.mass_g DESC, l.lot_id DESC ",
            _ => " AND l.closes_at_ms >= @at AND (l.closes_at_ms > @at OR l.lot_id > @id) ORDER BY l.closes_at_ms, l.lot_id ",
        });
        return sql.Append(db.Page).ToString();
    }

    /// <summary>One lot, or null.</summary>
    public Task<LotPageRow?> Lot(Guid lotId, CancellationToken ct) => db.Single<LotPageRow>($"""
        SELECT {LotColumns},
               d.moisture_ppm AS MoisturePpm, d.contamination_ppm AS ContaminationPpm, d.guarantee_ppm AS GuaranteePpm, d.latitude_e6 AS LatitudeE6, d.longitude_e6 AS LongitudeE6,
               d.pick_up_from AS PickUpFrom, d.pick_up_to AS PickUpTo, d.description AS Description, d.photos AS Photos, d.ladder AS Ladder,
               d.scheduled_close_ms AS ScheduledCloseMs, d.soft_close_minutes AS SoftCloseMinutes, d.soft_close_cap_minutes AS SoftCloseCapMinutes
        FROM lots l JOIN lot_standings s ON s.lot_id = l.lot_id JOIN lot_details d ON d.lot_id = l.lot_id
        WHERE l.lot_id = @id
        """, new { id = lotId.ToString("N") }, ct);

    /// <summary>The lot is over, and this organisation has not won it.</summary>
    public async Task<bool> HasEndedWithout(Guid lotId, Guid bidder, CancellationToken ct) => await db.Single<string>(
        "SELECT lot_id FROM lots WHERE lot_id = @id AND ended_at_ms IS NOT NULL AND (winner_id IS NULL OR winner_id <> @bidder)", new { id = lotId.ToString("N"), bidder = bidder.ToString("N") }, ct) is not null;

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
        var ids = new { id = lotId.ToString("N"), organisation = organisation.ToString("N"), projection = LotBiddersProjection.ProjectionName };
        var known = await db.Single<OwnLotRow>("""
            SELECT l.seller_id AS SellerId, l.winner_id AS WinnerId, l.reserve_minor AS ReserveMinor,
                   (SELECT CAST(COUNT(*) AS BIGINT) FROM lot_bidders b WHERE b.bidder_id = @organisation AND b.lot_id = l.lot_id) AS HasBid,
                   COALESCE((SELECT f.[checkpoint] FROM followers f WHERE f.name = @projection), 0) AS KnownTo
            FROM lots l WHERE l.lot_id = @id
            """, ids, ct);
        if (known is null) return new OwnRow();
        if (known.SellerId == ids.organisation) return new OwnRow { ReserveMinor = known.ReserveMinor };

        // One who has not bid as far as the projection has come can only have bid after that.
        var own = new OwnRow { Won = known.WinnerId == ids.organisation };
        var before = 0L;
        while (await db.Back(LotGrain.Kind.Name, ids.id, before, HistoryPage, ct) is { Count: > 0 } page)
        {
            foreach (var envelope in page)
            {
                if (known.HasBid == 0 && envelope.Position <= known.KnownTo) return own;
                switch (envelope.Event)
                {
                    case BidPlaced e when e.BidderId == organisation: return own with { BidderNumber = e.BidderNumber, MaximumMinor = e.Maximum.MinorUnits };
                    case SealedBidPlaced e when e.BidderId == organisation: return own with { BidderNumber = e.BidderNumber };
                }
            }

            before = page[^1].Position;
        }

        return own;
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

    private sealed record OwnLotRow
    {
        public required string SellerId { get; init; }
        public string? WinnerId { get; init; }
        public long? ReserveMinor { get; init; }
        public required long HasBid { get; init; }
        public required long KnownTo { get; init; }
    }
}
