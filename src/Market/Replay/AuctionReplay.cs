using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Lots;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ainalym.Market.Replay;

/// <summary>An auction of history: when each bidder offered which maximum, and the price it was recorded to have closed at.</summary>
/// <param name="Recorded">Only compared with in the end; no rule reads it.</param>
public sealed record RecordedAuction(string Name, TimeSpan Duration, PricePerTonne Opening, PricePerTonne Recorded, IReadOnlyList<RecordedBid> Bids);

/// <param name="After">How long after the opening.</param>
public sealed record RecordedBid(string Bidder, TimeSpan After, PricePerTonne Maximum);

/// <summary>What became of an auction here.</summary>
/// <param name="FinalPrice">None when the lot was not sold.</param>
public sealed record ReplayedAuction(RecordedAuction Auction, PricePerTonne? FinalPrice, int Accepted, int Refused)
{
    public bool Agrees => FinalPrice == Auction.Recorded;
}

/// <summary>
/// Runs auctions of history through the real grains and the real journal in the stepping house: all on one time line, each a lot of one tonne without reserve, soft close or buy-now.
/// </summary>
public static class AuctionReplay
{
    private static readonly DateTimeOffset Opening = new(2004, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Guid Seller = CommandIds.Derived(Opening, "replay seller");

    private sealed record AwardRow(string LotId, long? PriceMinor);

    /// <param name="folder">A data folder of the replay's own.</param>
    public static async Task<IReadOnlyList<ReplayedAuction>> Run(
        IReadOnlyList<RecordedAuction> auctions, StepLadder ladder, string folder, IProgress<string>? progress, CancellationToken ct)
    {
        await using var stepping = SteppingHouse.Open([MarketModule.Module], new HouseOptions(folder), Opening, NullLoggerFactory.Instance);
        var house = stepping.House;
        foreach (var auction in auctions)
        {
            var receipt = await house.Grains.Handle(LotGrain.Kind, LotOf(auction), Listing(auction, ladder), new Caller(Seller, Seller, Roles.Seller), ct);
            if (receipt.Refusal is { } refusal) throw new FormatException($"{auction.Name} can't be listed: {refusal}.");
        }

        var bids = auctions.SelectMany(auction => auction.Bids.Select((bid, n) => (Auction: auction, Bid: bid, N: n))).OrderBy(entry => entry.Bid.After).ToArray();
        var sent = new List<(RecordedAuction Auction, Task<Receipt<LotEvent>> Receipt)>(bids.Length);
        foreach (var (auction, bid, n) in bids)
        {
            ct.ThrowIfCancellationRequested();
            var at = Opening + bid.After;
            if (auctions.Any(other => Opening + other.Duration is var closes && closes > stepping.Now && closes <= at))
            {
                // A close falls before this bid: what is under way is settled first, as the reminder's command stands behind it.
                await Task.WhenAll(sent.Select(entry => entry.Receipt));
                await stepping.AdvanceTo(at, ct);
                progress?.Report($"{sent.Count} of {bids.Length} bids");
            }

            stepping.SetClock(at);
            sent.Add((auction, house.Grains.Handle(LotGrain.Kind, LotOf(auction), BidOf(auction, bid, n), CallerOf(auction, bid), ct)));
        }

        await Task.WhenAll(sent.Select(entry => entry.Receipt));
        await stepping.AdvanceTo(Opening + auctions.Max(auction => auction.Duration), ct);
        return await Outcomes(house, auctions, sent, ct);
    }

    private static async Task<IReadOnlyList<ReplayedAuction>> Outcomes(
        House house, IReadOnlyList<RecordedAuction> auctions, List<(RecordedAuction Auction, Task<Receipt<LotEvent>> Receipt)> sent, CancellationToken ct)
    {
        var answers = new List<(RecordedAuction Auction, bool Refused)>(sent.Count);
        foreach (var (auction, receipt) in sent) answers.Add((auction, (await receipt).Refusal is not null));
        var byAuction = answers.ToLookup(answer => answer.Auction, answer => answer.Refused);
        var rows = await house.Database.Query<AwardRow>("SELECT lot_id AS LotId, award_price_minor AS PriceMinor FROM lots", ct: ct);
        var prices = rows.ToDictionary(row => row.LotId, row => row.PriceMinor, StringComparer.Ordinal);
        return
        [
            .. auctions.Select(auction => new ReplayedAuction(
                auction,
                prices[LotOf(auction).ToString("N")] is { } minor ? PricePerTonne.From(minor, auction.Opening.Currency) : null,
                Accepted: byAuction[auction].Count(refused => !refused),
                Refused: byAuction[auction].Count(refused => refused))),
        ];
    }

    private static Guid LotOf(RecordedAuction auction) => CommandIds.Derived(Opening, $"replay lot {auction.Name}");

    private static PlaceBid BidOf(RecordedAuction auction, RecordedBid bid, int n) =>
        new(CommandIds.Derived(Opening + bid.After, $"replay bid {auction.Name} {n}"), CallerOf(auction, bid).Organisation, bid.Maximum);

    private static Caller CallerOf(RecordedAuction auction, RecordedBid bid)
    {
        var bidder = CommandIds.Derived(Opening, $"replay bidder {auction.Name} {bid.Bidder}");
        return new Caller(bidder, bidder, Roles.Buyer);
    }

    private static ListLot Listing(RecordedAuction auction, StepLadder ladder)
    {
        var closes = Opening + auction.Duration;
        var pickUp = DateOnly.FromDateTime(closes.UtcDateTime.AddDays(2));
        var terms = new LotTerms(LotFormat.Ascending, auction.Opening, closes, Ladder: ladder, SoftCloseMinutes: 0);
        var lot = new LotDescription(
            Seller, TextValue.Parse<GradeCode>("replay"), TextValue.Parse<WasteCode>("200136"), Mass.FromTonnes(1), MaterialForm.Pieces, default, default,
            TextValue.Parse<Region>("75"), auction.Name, 43.24m, 76.89m, pickUp, pickUp.AddDays(7), $"Replay of {auction.Name}", terms);
        return new ListLot(CommandIds.Derived(Opening, $"replay list {auction.Name}"), LotOf(auction), lot)
        {
            Facts = new ListingFacts(Material: "replay", Classified: TextValue.Parse<WasteCode>("200136"), RegionKnown: true, PaidIn: true, ListingFacts.UsualLeastAhead, ListingFacts.UsualMostAhead),
        };
    }
}
