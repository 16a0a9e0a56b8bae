using Ainalym.Journal;

namespace Ainalym.Market.Lots;

public static class LotGrain
{
    /// <summary>The reminder that ends an auction.</summary>
    public const string CloseReminder = "close";

    /// <summary>A lot and its bids: one stream, one grain. The name is stored with every event and never changes.</summary>
    public static readonly GrainKind<Lot, LotCommand, LotEvent, LotRefusal> Kind = new(
        Name: "market/lot",
        Initial: Lot.Initial,
        Decide: LotDecider.Decide,
        Permission: LotPermissions.For,
        Events:
        [
            EventName.Of("market.lot-listed.v1", MarketJson.Readable.LotListed),
            EventName.Of("market.lot-changed.v1", MarketJson.Readable.LotChanged),
            EventName.Of("market.bid-placed.v1", MarketJson.Default.BidPlaced),
            EventName.Of("market.sealed-bid-placed.v1", MarketJson.Default.SealedBidPlaced),
            EventName.Of("market.guarantee-withdrawn.v1", MarketJson.Default.GuaranteeWithdrawn),
            EventName.Of("market.lot-frozen.v1", MarketJson.Default.LotFrozen),
            EventName.Of("market.lot-resumed.v1", MarketJson.Default.LotResumed),
            EventName.Of("market.lot-awarded.v1", MarketJson.Default.LotAwarded),
            EventName.Of("market.lot-unsold.v1", MarketJson.Default.LotUnsold),
            EventName.Of("market.lot-cancelled.v1", MarketJson.Default.LotCancelled),
        ],
        Commands: MarketJson.Default.LotCommand,
        Rows: LotRows.From,
        RowTables: [LotRows.Lots, LotRows.Standings, LotRows.Details],
        Said: WithoutFacts,
        OnReminder: (commandId, _, due) => new CloseLot(commandId, due),
        Snapshot: MarketJson.Default.Lot,
        SnapshotFormatNumber: 3);

    private static LotCommand WithoutFacts(LotCommand command) => command switch
    {
        PlaceBid bid when bid.Facts != BidFacts.None => bid with { Facts = BidFacts.None },
        BuyLot buy => buy with { Facts = BidFacts.None },
        ListLot list => list with { Facts = ListingFacts.None },
        ChangeLot change => change with { Facts = ListingFacts.None },
        _ => command,
    };
}
