using System.Diagnostics;
using System.Text.Json.Serialization;
using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Market.Lots;

/// <summary>Who leads, and with which maximum. On a sealed lot nobody but the decider may know.</summary>
public sealed record Leading(Guid BidderId, int Number, PricePerTonne Maximum);

/// <summary>
/// A lot as its decider sees it. It keeps what decisions need and not the bids, so that a lot with a hundred thousand bids is as small as
/// its bidders are many.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "state")]
[JsonDerivedType(typeof(Unlisted), "unlisted")]
[JsonDerivedType(typeof(Open), "open")]
[JsonDerivedType(typeof(Frozen), "frozen")]
[JsonDerivedType(typeof(Awarded), "awarded")]
[JsonDerivedType(typeof(Unsold), "unsold")]
[JsonDerivedType(typeof(Cancelled), "cancelled")]
public abstract record Lot : IState<Lot, LotEvent>
{
    private Lot() { }

    public static Lot Initial { get; } = new Unlisted();

    /// <summary>Nothing is known of it.</summary>
    public sealed record Unlisted : Lot;

    /// <summary>On the market.</summary>
    /// <param name="Revision">Which description this is, from 1.</param>
    /// <param name="LatestClose">No bid moves the close beyond this.</param>
    /// <param name="Price">The visible price; none before the first bid, and none on a sealed lot.</param>
    /// <param name="Numbers">Each bidder's public number.</param>
    /// <param name="Withdrawals">Who has taken a guarantee back.</param>
    public sealed record Open(
        Guid LotId,
        LotDescription Lot,
        string Material,
        int Revision,
        DateTimeOffset ListedAt,
        DateTimeOffset ClosesAt,
        DateTimeOffset LatestClose,
        Leading? Leading,
        PricePerTonne? Price,
        long Bids,
        BidderNumbers Numbers,
        Withdrawals Withdrawals) : Lot
    {
        [JsonIgnore]
        public LotTerms Terms => Lot.Terms;

        /// <summary>The least that a new bidder must offer: the opening price, then a step above the visible price.</summary>
        [JsonIgnore]
        public PricePerTonne Least => Price is { } price && Terms.Ladder is { } ladder ? price + ladder.StepAt(price) : Terms.Opening;

        /// <summary>The highest maximum reaches the reserve, or there is none.</summary>
        [JsonIgnore]
        public bool ReserveMet => Leading is { } leading && (Terms.Reserve is not { } reserve || leading.Maximum >= reserve);

        /// <summary>What a bidder has held before the first bid; zero when the lot asks none.</summary>
        [JsonIgnore]
        public Money Guarantee => Terms.GuaranteeFor(Lot.Mass);

        /// <summary>Which guarantee of this bidder would stand for a bid now.</summary>
        public GivenGuarantee GuaranteeOf(Guid bidder) => new(Revision, Withdrawals.Of(bidder)?.Times ?? 0);

        /// <summary>The bidder has bid and not taken the guarantee back since.</summary>
        public bool HasGuarantee(Guid bidder) => Numbers.Of(bidder) is not null && Withdrawals.Of(bidder) is not { IsOut: true };

        /// <summary>The bidder's public number; for a new bidder the next one.</summary>
        public int NumberOf(Guid bidder) => Numbers.Of(bidder) ?? Numbers.Count + 1;

        internal Open After(BidPlaced e) => this with
        {
            Leading = e.LeaderNumber == e.BidderNumber ? new Leading(e.BidderId, e.BidderNumber, e.Maximum) : Leading,
            Price = e.Price,
            ClosesAt = e.ClosesAt ?? ClosesAt,
            Bids = Bids + 1,
            Numbers = e.BidderNumber > Numbers.Count ? Numbers.With(e.BidderId) : Numbers,
            Withdrawals = Withdrawals.Returned(e.BidderId),
        };

        internal Open After(SealedBidPlaced e) => this with
        {
            Leading = Leading is { } leading && leading.Maximum >= e.Amount ? leading : new Leading(e.BidderId, e.BidderNumber, e.Amount),
            Bids = Bids + 1,
            Numbers = Numbers.With(e.BidderId),
            Withdrawals = Withdrawals.Returned(e.BidderId),
        };
    }

    /// <summary>The clock stands still: no bid, no close.</summary>
    /// <param name="Remaining">What was left on the clock at <paramref name="Since"/>.</param>
    public sealed record Frozen(Open Was, DateTimeOffset Since, TimeSpan Remaining) : Lot;

    public sealed record Awarded(Open Was, Guid WinnerId, int WinnerNumber, PricePerTonne Price, Money Amount, AwardedBy By, DateTimeOffset At) : Lot;

    public sealed record Unsold(Open Was, UnsoldReason Reason, DateTimeOffset At) : Lot;

    public sealed record Cancelled(Open Was, DateTimeOffset At) : Lot;

    /// <summary>The lot as it is, or as it stood when it was frozen or ended; null for one that was never listed.</summary>
    [JsonIgnore]
    public Open? Described => this switch
    {
        Open open => open,
        Frozen frozen => frozen.Was,
        Awarded awarded => awarded.Was,
        Unsold unsold => unsold.Was,
        Cancelled cancelled => cancelled.Was,
        _ => null,
    };

    public Lot Evolve(LotEvent @event) => (this, @event) switch
    {
        (Open open, BidPlaced e) => open.After(e),
        (Open open, SealedBidPlaced e) => open.After(e),
        (Unlisted, LotListed e) => Listed(e.LotId, e.Lot, e.Material, revision: 1, e.At),
        (Open open, LotChanged e) => Listed(open.LotId, e.Lot, e.Material, e.Revision, open.ListedAt),
        (Open open, GuaranteeWithdrawn e) => open with { Withdrawals = open.Withdrawals.With(e.BidderId) },
        (Open open, LotFrozen e) => new Frozen(open, e.Since, e.Remaining),
        (Frozen frozen, LotResumed e) => frozen.Was with { ClosesAt = e.ClosesAt, LatestClose = e.LatestClose },
        (Open open, LotAwarded e) => new Awarded(open, e.WinnerId, e.WinnerNumber, e.Price, e.Amount, e.By, e.At),
        (Open open, LotUnsold e) => new Unsold(open, e.Reason, e.At),
        (Open open, LotCancelled e) => new Cancelled(open, e.At),
        _ => throw new UnreachableException($"{@event.GetType().Name} cannot follow {GetType().Name}."),
    };

    private static Open Listed(Guid lotId, LotDescription lot, string material, int revision, DateTimeOffset listedAt) => new(
        lotId, lot, material, revision, listedAt,
        lot.Terms.ClosesAt, lot.Terms.ClosesAt.AddMinutes(lot.Terms.SoftCloseCapMinutes ?? 0),
        Leading: null, Price: null, Bids: 0, Numbers: BidderNumbers.None, Withdrawals: Withdrawals.None);
}
