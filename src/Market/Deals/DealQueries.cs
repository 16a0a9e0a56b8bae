using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Journal.Http;
using Ainalym.Kernel;

namespace Ainalym.Market.Deals;

/// <summary>A deal as its parties' lists show it.</summary>
public sealed record DealRow
{
    public required string DealId { get; init; }
    public required string LotId { get; init; }
    public required string SellerId { get; init; }
    public required string BuyerId { get; init; }
    public required long BuyerNumber { get; init; }
    public required string Grade { get; init; }
    public required string Region { get; init; }
    public required long MassG { get; init; }
    public required string Currency { get; init; }
    public required long PriceMinor { get; init; }
    public required long AmountMinor { get; init; }
    public required long GuaranteeMinor { get; init; }
    public string? GuaranteeHold { get; init; }
    public required long OpenedAtMs { get; init; }

    /// <summary>As <see cref="DealDecider.StageOf"/> says it.</summary>
    public required string Stage { get; init; }
    public required long SellerTurn { get; init; }
    public required long BuyerTurn { get; init; }
    public required long OperatorTurn { get; init; }
    public long? ByMs { get; init; }
    public required long Version { get; init; }
    public required long ChangedAtMs { get; init; }
    public long? SettledMinor { get; init; }
    public long? NetG { get; init; }

    public Guid Id => Guid.ParseExact(DealId, "N");
    public Guid Lot => Guid.ParseExact(LotId, "N");
    public Guid Seller => Guid.ParseExact(SellerId, "N");
    public Guid Buyer => Guid.ParseExact(BuyerId, "N");
    public Money Amount => new(AmountMinor, TextValue.Parse<Currency>(Currency));

    /// <summary>The guarantee that is held until the buyer has paid.</summary>
    public TransferId? Hold => GuaranteeHold is { } hold ? TextValue.Parse<TransferId>(hold) : null;

    public bool IsParty(Guid organisation) => Seller == organisation || Buyer == organisation;

    /// <summary>The operator has not decided in time.</summary>
    public bool IsOverdue(long nowMs) => OperatorTurn != 0 && ByMs <= nowMs;
}

/// <summary>Deals that wait for the operator's decision.</summary>
public sealed record DecisionsWaiting
{
    public required long Waiting { get; init; }

    /// <summary>How many of them are late.</summary>
    public required long Overdue { get; init; }

    /// <summary>The first deadline; null where none has one.</summary>
    public long? FirstMs { get; init; }
}

/// <summary>Which of an organisation's deals.</summary>
public enum DealSide { Seller, Buyer, Operator }

/// <summary>Reads the rows of <see cref="DealRows"/>, and a deal's history.</summary>
public sealed class DealQueries(IDatabase db)
{
    private const string Columns = """
        deal_id AS DealId, lot_id AS LotId, seller_id AS SellerId, buyer_id AS BuyerId, buyer_number AS BuyerNumber, grade AS Grade, region AS Region, mass_g AS MassG, currency AS Currency,
        price_minor AS PriceMinor, amount_minor AS AmountMinor, guarantee_minor AS GuaranteeMinor, guarantee_hold AS GuaranteeHold, opened_at_ms AS OpenedAtMs, stage AS Stage,
        seller_turn AS SellerTurn, buyer_turn AS BuyerTurn, operator_turn AS OperatorTurn, by_ms AS ByMs, version AS Version, changed_at_ms AS ChangedAtMs, settled_minor AS SettledMinor, net_g AS NetG
        """;

    public Task<DealRow?> Deal(Guid dealId, CancellationToken ct) => db.Single<DealRow>($"SELECT {Columns} FROM deals WHERE deal_id = @id", new { id = dealId.ToString("N") }, ct);

    /// <summary>A lot's deals, the first first: there are two at most, the winner's and the second bidder's.</summary>
    public Task<IReadOnlyList<DealRow>> OfLot(Guid lotId, CancellationToken ct) =>
        db.Query<DealRow>($"SELECT {Columns} FROM deals WHERE lot_id = @lot ORDER BY opened_at_ms, deal_id {db.Page}", new { lot = lotId.ToString("N"), n = 2 }, ct);

    /// <summary>A party's deals, newest first.</summary>
    /// <param name="onlyTurn">Only those whose next step is this side's.</param>
    /// <param name="before">The deal to go on before; null from the newest.</param>
    /// <param name="stage">Only those at this stage.</param>
    public Task<IReadOnlyList<DealRow>> Of(Guid organisation, DealSide side, bool onlyTurn, string? before, int n, CancellationToken ct, string? stage = null) => db.Query<DealRow>(
        $"""
        SELECT {Columns}
        FROM deals WHERE deal_id < @before{Own(side)}{(onlyTurn ? Turn(side) : "")}{(stage is null ? "" : " AND stage = @stage")}
        ORDER BY deal_id DESC
        {db.Page}
        """, new { before = before ?? "~", organisation = organisation.ToString("N"), n, stage }, ct);

    /// <summary>How many deals wait for this side's next step.</summary>
    public Task<long> Waiting(Guid organisation, DealSide side, CancellationToken ct) => db.Single<long>(
        $"SELECT CAST(COUNT(*) AS BIGINT) FROM deals WHERE deal_id < '~'{Own(side)}{Turn(side)}", new { organisation = organisation.ToString("N") }, ct);

    /// <summary>Everybody's deals that wait for the operator: those from before decisions had a deadline, then the first due first. There are few at a time.</summary>
    /// <param name="after">The deadline, 0 for none, and the deal to go on after; null from the first.</param>
    /// <param name="stage">Only those at this stage.</param>
    public Task<IReadOnlyList<DealRow>> ToDecide(Cursor? after, int n, CancellationToken ct, string? stage = null) => db.Query<DealRow>(
        $"""
        SELECT {Columns}
        FROM deals WHERE operator_turn = 1{(stage is null ? "" : " AND stage = @stage")}{After(after)}
        ORDER BY by_ms, deal_id
        {db.Page}
        """, new { by = after?.At, id = after?.Id, n, stage }, ct);

    /// <summary>How many deals wait for the operator at a stage.</summary>
    public async Task<DecisionsWaiting> WaitingAt(string stage, DateTimeOffset now, CancellationToken ct) => (await db.Single<DecisionsWaiting>(
        """
        SELECT CAST(COUNT(*) AS BIGINT) AS Waiting, CAST(COALESCE(SUM(CASE WHEN by_ms <= @now THEN 1 ELSE 0 END), 0) AS BIGINT) AS Overdue, MIN(by_ms) AS FirstMs
        FROM deals WHERE operator_turn = 1 AND stage = @stage
        """, new { now = now.ToUnixTimeMilliseconds(), stage }, ct))!;

    /// <summary>Deals that failed because the buyer did not do his part, the latest first.</summary>
    /// <param name="at">Goes on after the deal that failed then, called <paramref name="before"/>.</param>
    public Task<IReadOnlyList<DealRow>> Defaulted(long at, string before, int n, CancellationToken ct) => db.Query<DealRow>(
        $"SELECT {Columns} FROM deals WHERE stage = 'defaulted' AND (changed_at_ms < @at OR (changed_at_ms = @at AND deal_id < @before)) ORDER BY changed_at_ms DESC, deal_id DESC {db.Page}", new { at, before, n }, ct);

    /// <summary>How many deals have failed so since then.</summary>
    public Task<long> DefaultedSince(DateTimeOffset since, CancellationToken ct) =>
        db.Single<long>("SELECT CAST(COUNT(*) AS BIGINT) FROM deals WHERE stage = 'defaulted' AND changed_at_ms > @since", new { since = since.ToUnixTimeMilliseconds() }, ct);

    /// <summary>Deals whose goods cost more than was paid, and whose buyers have not had the difference. Hardly any wait for that.</summary>
    /// <param name="after">The deal to go on after; empty from the first.</param>
    public Task<IReadOnlyList<DealRow>> Underpaid(string after, int n, CancellationToken ct) =>
        db.Query<DealRow>($"SELECT {Columns} FROM deals WHERE stage = 'underpaid' AND buyer_turn = 1 AND deal_id > @after ORDER BY deal_id {db.Page}", new { after, n }, ct);

    /// <summary>Deals whose deadline was still ahead at an instant, the earliest deadline first.</summary>
    /// <param name="after">The deadline and the deal to go on after.</param>
    public Task<IReadOnlyList<DealRow>> DueAfter(DateTimeOffset instant, Cursor after, int n, CancellationToken ct) => db.Query<DealRow>(
        $"""
        SELECT {Columns}
        FROM deals WHERE by_ms > @instant AND by_ms >= @by AND (by_ms > @by OR deal_id > @id)
        ORDER BY by_ms, deal_id
        {db.Page}
        """, new { instant = instant.ToUnixTimeMilliseconds(), by = after.At, id = after.Id, n }, ct);

    /// <summary>All that happened in a deal, in order, from its opening, where the terms stand. Few deals fill a page.</summary>
    public async Task<IReadOnlyList<Recorded<DealEvent>>> History(Guid dealId, CancellationToken ct)
    {
        var history = new List<Envelope>();
        while (history is not [.., { Version: 1 }] && await db.Back(DealGrain.Kind.Name, dealId.ToString("N"), history.Count == 0 ? 0 : history[^1].Position, HistoryPage, ct) is { Count: > 0 } page) history.AddRange(page);
        history.Reverse();
        return [.. history.Select(envelope => new Recorded<DealEvent>(envelope.Position, envelope.Version, envelope.At, (DealEvent)envelope.Event))];
    }

    private const int HistoryPage = 1_000;

    /// <summary>Both engines put what is null first.</summary>
    private static string After(Cursor? after) => after switch
    {
        null => "",
        { At: 0 } => " AND (by_ms IS NOT NULL OR deal_id > @id)",
        _ => " AND by_ms >= @by AND (by_ms > @by OR deal_id > @id)",
    };

    private static string Own(DealSide side) => side switch
    {
        DealSide.Seller => " AND seller_id = @organisation",
        DealSide.Buyer => " AND buyer_id = @organisation",
        _ => "",
    };

    private static string Turn(DealSide side) => side switch
    {
        DealSide.Seller => " AND seller_turn = 1",
        DealSide.Buyer => " AND buyer_turn = 1",
        _ => " AND operator_turn = 1",
    };
}
