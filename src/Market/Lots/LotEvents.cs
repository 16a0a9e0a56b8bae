using System.Text.Json.Serialization;
using Ainalym.Kernel;

namespace Ainalym.Market.Lots;

/// <summary>What has happened to a lot. <c>At</c> is when it was decided; the journal's own time may be later, never earlier.</summary>
public abstract record LotEvent([property: JsonPropertyName("at_ms"), JsonConverter(typeof(UnixMilliseconds))] DateTimeOffset At);

/// <summary>Published, with every term settled.</summary>
/// <param name="Material">The grade's material family as catalogued then.</param>
public sealed record LotListed(Guid LotId, LotDescription Lot, string Material, DateTimeOffset At) : LotEvent(At);

/// <summary>Described anew before anybody bid.</summary>
/// <param name="Revision">Counts the descriptions; the one it was listed with is 1.</param>
public sealed record LotChanged(LotDescription Lot, string Material, int Revision, DateTimeOffset At) : LotEvent(At);

/// <summary>A bid on an ascending lot, and where it left the auction.</summary>
/// <param name="BidderNumber">How the bidder is called in public: 1 for the first bidder of the lot.</param>
/// <param name="Price">The visible price after it.</param>
/// <param name="LeaderNumber">Who leads after it.</param>
/// <param name="ReserveMet">The highest maximum reaches the reserve, or there is none.</param>
/// <param name="ClosesAt">The new close, if the bid moved it.</param>
public sealed record BidPlaced(
    Guid BidderId,
    int BidderNumber,
    [property: JsonConverter(typeof(PriceText))] PricePerTonne Maximum,
    [property: JsonConverter(typeof(PriceText))] PricePerTonne Price,
    int LeaderNumber,
    bool ReserveMet,
    DateTimeOffset At,
    [property: JsonPropertyName("closes_at_ms"), JsonConverter(typeof(UnixMilliseconds)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ClosesAt = null) : LotEvent(At);

/// <summary>A bid on a sealed lot. Only bidder number, time and commitment are public before the close.</summary>
/// <param name="Commitment">Lower-case hex SHA-256 of <c>lot id|bidder number|amount|salt</c>.</param>
public sealed record SealedBidPlaced(
    Guid BidderId, int BidderNumber, PricePerTonne Amount, string Salt, string Commitment, DateTimeOffset At) : LotEvent(At);

/// <summary>A bidder who did not lead has taken the guarantee back.</summary>
/// <param name="Given">Which one.</param>
public sealed record GuaranteeWithdrawn(Guid BidderId, GivenGuarantee Given, DateTimeOffset At) : LotEvent(At);

/// <summary>The clock stopped.</summary>
/// <param name="Since">From when nobody could bid.</param>
/// <param name="Remaining">The time that was left then.</param>
public sealed record LotFrozen(DateTimeOffset Since, TimeSpan Remaining, DateTimeOffset At) : LotEvent(At);

/// <summary>The clock runs again.</summary>
/// <param name="LatestClose">Where the soft close ends now.</param>
public sealed record LotResumed(DateTimeOffset ClosesAt, DateTimeOffset LatestClose, DateTimeOffset At) : LotEvent(At);

/// <summary>Which way a lot was sold.</summary>
[JsonConverter(typeof(KebabCase<AwardedBy>))]
public enum AwardedBy { Auction, BuyNow, FixedPrice }

/// <summary>Sold.</summary>
/// <param name="Amount">Mass × price, rounded once to the tiyn.</param>
/// <param name="Guarantee">Which of the winner's guarantees stands for his payment; null where the lot asked none, and on awards made before it was told.</param>
public sealed record LotAwarded(
    Guid WinnerId, int WinnerNumber, PricePerTonne Price, Money Amount, AwardedBy By, DateTimeOffset At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] GivenGuarantee? Guarantee = null) : LotEvent(At);

/// <summary>Why nobody has it.</summary>
[JsonConverter(typeof(KebabCase<UnsoldReason>))]
public enum UnsoldReason { NoBids, ReserveNotMet, NoBuyer }

public sealed record LotUnsold(UnsoldReason Reason, DateTimeOffset At) : LotEvent(At);

/// <summary>Taken off the market by its seller before anybody bid.</summary>
public sealed record LotCancelled(DateTimeOffset At) : LotEvent(At);
