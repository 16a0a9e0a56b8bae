using System.Text.Json.Serialization;
using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Market.Lots;

/// <summary>An order to one lot. What the server has read for it stands in <c>Facts</c>, apart from what the caller said.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(ListLot), "list-lot")]
[JsonDerivedType(typeof(ChangeLot), "change-lot")]
[JsonDerivedType(typeof(CancelLot), "cancel-lot")]
[JsonDerivedType(typeof(PlaceBid), "place-bid")]
[JsonDerivedType(typeof(BuyLot), "buy-lot")]
[JsonDerivedType(typeof(WithdrawGuarantee), "withdraw-guarantee")]
[JsonDerivedType(typeof(FreezeLot), "freeze-lot")]
[JsonDerivedType(typeof(ResumeLot), "resume-lot")]
[JsonDerivedType(typeof(CloseLot), "close-lot")]
public abstract record LotCommand(Guid CommandId) : ICommand;

/// <summary>Publishes a lot.</summary>
/// <param name="LotId">The same id as the grain's.</param>
public sealed record ListLot(Guid CommandId, Guid LotId, LotDescription Lot) : LotCommand(CommandId)
{
    public ListingFacts Facts { get; init; } = ListingFacts.None;
}

/// <summary>Describes the lot anew, all of it, while nobody has bid.</summary>
public sealed record ChangeLot(Guid CommandId, LotDescription Lot) : LotCommand(CommandId)
{
    public ListingFacts Facts { get; init; } = ListingFacts.None;
}

/// <summary>Takes the lot off the market while nobody has bid.</summary>
public sealed record CancelLot(Guid CommandId, Guid SellerId) : LotCommand(CommandId);

/// <summary>Bids on an ascending or a sealed lot.</summary>
/// <param name="BidderId">The bidder's organisation.</param>
/// <param name="Maximum">Ascending: the most the bidder would pay per tonne. Sealed: what he pays.</param>
/// <param name="Revision">The description the bidder has seen; a bid on an older one is refused. Left out: whatever it is.</param>
public sealed record PlaceBid(Guid CommandId, Guid BidderId, [property: JsonConverter(typeof(PriceText))] PricePerTonne Maximum, int? Revision = null) : LotCommand(CommandId)
{
    public BidFacts Facts { get; init; } = BidFacts.None;
}

/// <summary>Takes the lot at its fixed price, or at the buy-now price of an ascending lot that nobody has bid on.</summary>
public sealed record BuyLot(Guid CommandId, Guid BidderId, int? Revision = null) : LotCommand(CommandId)
{
    public BidFacts Facts { get; init; } = BidFacts.None;
}

/// <summary>Takes the guarantee back, for a bidder who does not lead; to bid again, it is given anew.</summary>
public sealed record WithdrawGuarantee(Guid CommandId, Guid BidderId) : LotCommand(CommandId);

/// <summary>Stops the clock.</summary>
/// <param name="Since">Since when nobody could bid, for the house after an outage; left out: now.</param>
public sealed record FreezeLot(Guid CommandId, DateTimeOffset? Since = null) : LotCommand(CommandId);

/// <summary>Lets the clock run again, with the time that was left.</summary>
public sealed record ResumeLot(Guid CommandId) : LotCommand(CommandId);

/// <summary>Ends the auction; sent by the reminder "close".</summary>
/// <param name="Due">When the reminder was due.</param>
public sealed record CloseLot(Guid CommandId, DateTimeOffset Due) : LotCommand(CommandId), IDueCommand;

/// <summary>What the server reads before a lot is published or changed.</summary>
/// <param name="Material">The material family of the grade; null for a grade that is not in the catalogue.</param>
/// <param name="Classified">The waste code as the classifier writes it, with or without the mark of hazardous waste; null when the classifier does not have it.</param>
/// <param name="RegionKnown">There is such a region.</param>
/// <param name="PaidIn">Who buys can pay in the currency of the opening price.</param>
/// <param name="LeastAhead">How long before its close a lot is published at the latest.</param>
/// <param name="MostAhead">How long before its close a lot is published at the earliest.</param>
public sealed record ListingFacts(string? Material, WasteCode? Classified, bool RegionKnown, bool PaidIn, TimeSpan LeastAhead, TimeSpan MostAhead)
{
    /// <summary>Photos of the description that nobody has sent.</summary>
    public IReadOnlyList<string> MissingPhotos { get; init; } = [];

    public static TimeSpan UsualLeastAhead { get; } = TimeSpan.FromMinutes(5);

    public static TimeSpan UsualMostAhead { get; } = TimeSpan.FromDays(90);

    /// <summary>Nothing read: every code counts as unknown, and every currency as one that nobody can pay in.</summary>
    public static ListingFacts None { get; } = new(Material: null, Classified: null, RegionKnown: false, PaidIn: false, UsualLeastAhead, UsualMostAhead);
}

/// <summary>What the server reads, or makes, before a bid or a purchase.</summary>
/// <param name="Group">The organisations that the bidder is affiliated with, as recorded now: its head and all of the same head. It may stand among them itself.</param>
/// <param name="Salt">For a sealed bid: 32 random bytes in lower-case hex, without which its commitment could be guessed from the amount.</param>
/// <param name="Guarantee">The guarantee that the server has found held, or has had held, for the bidder; none yet before the lot has asked for it.</param>
public sealed record BidFacts(IReadOnlyList<Guid> Group, string? Salt = null, GivenGuarantee? Guarantee = null)
{
    public static BidFacts None { get; } = new(Group: []);
}
