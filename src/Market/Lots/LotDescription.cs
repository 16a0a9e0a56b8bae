using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Ainalym.Kernel;

namespace Ainalym.Market.Lots;

/// <summary>How a lot is sold.</summary>
[JsonConverter(typeof(KebabCase<LotFormat>))]
public enum LotFormat
{
    /// <summary>Open bids that climb; each bidder gives the most he would pay, and pays no more than is needed to lead.</summary>
    Ascending,

    /// <summary>One secret bid per bidder; the highest wins and pays what it offered.</summary>
    Sealed,

    /// <summary>The first to take it at the price has it.</summary>
    FixedPrice,
}

/// <summary>How the material lies.</summary>
[JsonConverter(typeof(KebabCase<MaterialForm>))]
public enum MaterialForm
{
    Bales,
    Loose,
    BigBags,
    Pallets,
    Containers,
    Drums,
    Tank,
    Pieces,
}

/// <summary>The terms of sale. Prices are per tonne and in one currency.</summary>
/// <param name="Opening">Ascending: where bidding opens. Sealed: the least that may be bid. Fixed price: the price.</param>
/// <param name="Reserve">Secret: below it the lot is not sold.</param>
/// <param name="Ladder">Only for ascending lots; none means the house's ladder.</param>
/// <param name="ClosesAt">A bid at this instant is late.</param>
/// <param name="SoftCloseMinutes">A bid in the last so many minutes moves the close to so many minutes after it; 0 for no soft close. Only for ascending lots, by default 3.</param>
/// <param name="SoftCloseCapMinutes">All moves together never take the close further than so many minutes past the scheduled one. By default 60.</param>
/// <param name="BuyNow">Whoever pays it before the first bid has the lot. Only for ascending lots.</param>
/// <param name="Guarantee">The share of the opening amount that a bidder has held before the first bid; none asked when it is left out or comes to nothing.</param>
public sealed record LotTerms(
    LotFormat Format,
    PricePerTonne Opening,
    DateTimeOffset ClosesAt,
    PricePerTonne? Reserve = null,
    StepLadder? Ladder = null,
    int? SoftCloseMinutes = null,
    int? SoftCloseCapMinutes = null,
    PricePerTonne? BuyNow = null,
    Share? Guarantee = null)
{
    /// <summary>What a bidder has held: the share of opening price × mass, rounded to the tiyn, half away from zero.</summary>
    public Money GuaranteeFor(Mass mass) => (Guarantee ?? default).Of(Opening.For(mass));
}

/// <summary>What is sold, by whom, where, and on which terms: everything the seller says about a lot.</summary>
/// <param name="SellerId">The seller's organisation.</param>
/// <param name="Latitude">Degrees north (WGS 84).</param>
/// <param name="Longitude">Degrees east (WGS 84).</param>
/// <param name="PickUpFrom">First day, in Kazakhstan, on which the buyer may fetch it.</param>
/// <param name="PickUpTo">Last such day.</param>
public sealed record LotDescription(
    Guid SellerId,
    GradeCode Grade,
    WasteCode WasteCode,
    Mass Mass,
    MaterialForm Form,
    Share Moisture,
    Share Contamination,
    Region Region,
    string Place,
    decimal Latitude,
    decimal Longitude,
    DateOnly PickUpFrom,
    DateOnly PickUpTo,
    string Description,
    LotTerms Terms,
    LotPhotos? Photos = null);

/// <summary>Photos by the hashes of their content, in the order in which they are shown.</summary>
public sealed record LotPhotos(ImmutableArray<string> Hashes)
{
    public bool Equals(LotPhotos? other) => other is not null && Hashes.AsSpan().SequenceEqual(other.Hashes.AsSpan());

    public override int GetHashCode() => Hashes.IsDefault ? 0 : Hashes.Length;
}
