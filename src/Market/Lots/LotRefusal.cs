namespace Ainalym.Market.Lots;

/// <summary>Why a lot did not take a command. The order is the order in which they are checked.</summary>
public enum LotRefusal
{
    /// <summary>No lot has this id.</summary>
    LotNotFound,

    /// <summary>A lot with this id is there already.</summary>
    AlreadyListed,

    /// <summary>The lot belongs to another seller.</summary>
    NotTheSeller,

    /// <summary>The clock stands still; nothing is taken until it is resumed.</summary>
    LotFrozen,

    /// <summary>Sold, unsold or cancelled, or past its close; fact: when it closed.</summary>
    LotEnded,

    /// <summary>Somebody has bid, so the seller can no longer change or cancel it.</summary>
    LotHasBids,

    /// <summary>A lot stays in the currency it was listed in: money may be held for it; fact: that currency.</summary>
    CurrencyChanged,

    /// <summary>The mass is zero.</summary>
    NoMass,

    /// <summary>Not in the catalogue of grades; fact: the code.</summary>
    UnknownGrade,

    /// <summary>Not in the classifier; fact: the code.</summary>
    UnknownWasteCode,

    /// <summary>The asterisk of hazardous waste is missing or too much; fact: the entry as the classifier writes it.</summary>
    HazardMarkWrong,

    /// <summary>No oblast or city of republican significance has this code; fact: the code.</summary>
    UnknownRegion,

    PlaceMissing,

    /// <summary>Fact: the most characters.</summary>
    PlaceTooLong,

    /// <summary>Fact: the most characters.</summary>
    DescriptionTooLong,

    /// <summary>Control characters, broken letters or markup in a text.</summary>
    TextNotPlain,

    /// <summary>Fact: the most photos of a lot.</summary>
    TooManyPhotos,

    /// <summary>Send a photo before naming it; fact: the hash.</summary>
    PhotoUnknown,

    /// <summary>Latitude or longitude lies outside; facts: least and greatest degrees.</summary>
    OutsideKazakhstan,

    /// <summary>This term does not go with this format.</summary>
    NotInThisFormat,

    /// <summary>The house has no account in this currency, so nobody could pay; fact: the currency.</summary>
    NoAccountInCurrency,

    /// <summary>A price is in another currency than the opening price; fact: that currency.</summary>
    MixedCurrencies,

    /// <summary>The opening price is zero.</summary>
    OpeningIsZero,

    /// <summary>Fact: the opening price.</summary>
    ReserveBelowOpening,

    /// <summary>Fact: the opening price.</summary>
    BuyNowNotAboveOpening,

    /// <summary>The buy-now price lies below the reserve.</summary>
    BuyNowBelowReserve,

    /// <summary>The house has no ladder for this currency, so the lot must bring its own.</summary>
    LadderMissing,

    /// <summary>Bounds that do not rise, a step of zero, a last band with an upper end, or too many bands; fact: the most bands.</summary>
    LadderMalformed,

    /// <summary>Fact: the greatest share.</summary>
    GuaranteeTooLarge,

    /// <summary>Fact: the greatest price per tonne.</summary>
    PriceTooHigh,

    /// <summary>Mass × price does not fit into 64 bits of minor units.</summary>
    AmountTooLarge,

    /// <summary>Mass × price is less than a minor unit: there would be nothing to pay.</summary>
    AmountIsZero,

    /// <summary>Fact: the earliest closing time.</summary>
    ClosesTooSoon,

    /// <summary>Fact: the latest closing time.</summary>
    ClosesTooLate,

    /// <summary>Facts: least and most minutes.</summary>
    SoftCloseOutOfRange,

    /// <summary>Facts: least and most minutes.</summary>
    SoftCloseCapOutOfRange,

    /// <summary>The first pick-up day is not after the day of the close; fact: the earliest such day.</summary>
    PickUpBeforeClose,

    /// <summary>The last pick-up day is before the first.</summary>
    PickUpEndsBeforeStart,

    /// <summary>Fact: the latest last day.</summary>
    PickUpEndsTooLate,

    /// <summary>A fixed-price lot is bought, not bid on.</summary>
    NotForBidding,

    /// <summary>The lot has no price at which it could be bought at once.</summary>
    NotForBuying,

    /// <summary>Buy-now ended with the first bid.</summary>
    BuyNowGone,

    /// <summary>The description was changed after the bidder saw it; fact: which description is now the lot's.</summary>
    LotChangedSince,

    SellerMayNotBid,

    /// <summary>Bidder and seller have the same head organisation.</summary>
    AffiliateMayNotBid,

    /// <summary>Fact: the lot's currency.</summary>
    WrongCurrency,

    /// <summary>One bid per bidder on a sealed lot, and it is final.</summary>
    AlreadyBid,

    /// <summary>The leader may only raise his maximum; fact: his maximum.</summary>
    NotAboveOwnMaximum,

    /// <summary>Fact: the least acceptable price.</summary>
    BelowMinimumBid,

    /// <summary>The bid would be taken, but the bidder has no guarantee held for it; facts: the amount, the description it is for, and how often the bidder has withdrawn.</summary>
    GuaranteeMissing,

    /// <summary>Facts: the guarantee, what the bidder has free, and how much is missing.</summary>
    GuaranteeShort,

    /// <summary>The bidder leads, or has made a sealed bid: the guarantee stays until the lot has ended.</summary>
    GuaranteeStands,

    /// <summary>Nothing is held of this bidder for the lot.</summary>
    NoGuarantee,

    /// <summary>The close has moved or has not come yet; fact: when it comes.</summary>
    NotYetClosing,

    /// <summary>Asked for the audit file of a lot that has not ended, or was withdrawn.</summary>
    NoAuditFile,
}
