using System.Text.Json.Serialization;
using Ainalym.Contracts.Settlement;
using Ainalym.Kernel;

namespace Ainalym.Market.Deals;

/// <summary>What a deal was made on: the lot as awarded, the price, and how the scale decides what is paid.</summary>
/// <param name="BuyerNumber">What the buyer was called on the lot.</param>
/// <param name="Amount">Mass × price: what the buyer pays into escrow.</param>
/// <param name="Guarantee">What is held of the buyer's money until he has paid; none where the lot asked none.</param>
public sealed record DealTerms(
    Guid LotId,
    Guid SellerId,
    Guid BuyerId,
    int BuyerNumber,
    GradeCode Grade,
    WasteCode WasteCode,
    Mass Mass,
    Share Moisture,
    Share Contamination,
    Region Region,
    string Place,
    DateOnly PickUpFrom,
    DateOnly PickUpTo,
    PricePerTonne Price,
    Money Amount,
    DealRules Rules,
    DealGuarantee? Guarantee = null)
{
    public bool IsParty(Guid organisation) => organisation == SellerId || organisation == BuyerId;
}

/// <summary>A guarantee that came with the deal.</summary>
public sealed record DealGuarantee(TransferId Hold, Money Amount);

/// <summary>The rules that every deal is made on, kept with it: later ones change nothing in it.</summary>
/// <param name="Tolerance">How far what is to be paid may differ from the award without anybody's consent.</param>
/// <param name="Forfeited">The seller's share of a guarantee that is lost; the rest is the platform's.</param>
/// <param name="Moisture">What is deducted for moisture above the lot's stated one.</param>
/// <param name="Contamination">What is deducted for contamination above the lot's stated one.</param>
/// <param name="Standstill">How long the award stands still for complaints; null in deals made before this was kept: a day.</param>
/// <param name="DecisionDays">Working days in which the operator decides a complaint or a dispute; null in deals made before this was kept: five.</param>
public sealed record DealRules(
    Share Tolerance, Share Forfeited, EqualList<DeductionBand> Moisture, EqualList<DeductionBand> Contamination,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TimeSpan? Standstill = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? DecisionDays = null)
{
    public const int UsualDecisionDays = 5;

    public static TimeSpan UsualStandstill { get; } = TimeSpan.FromHours(24);

    /// <summary>Working days: for a second bidder to take the offer, for both to accept the contract, to pay, to pay more, and for the seller to answer the scale.</summary>
    public const int OfferDays = 2, ContractDays = 3, PaymentDays = 3, TopUpDays = 2, AnswerDays = 2;

    /// <summary>Working days after the last pick-up day, or after payment where that is later, in which the goods are fetched and weighed.</summary>
    public const int HandoverDays = 5;
}

/// <summary>A band of a deduction table: each point of the excess within it takes so many points off the mass.</summary>
/// <param name="UpTo">The band's upper end, as excess over the stated value; the last band has none.</param>
public sealed record DeductionBand(Share? UpTo, decimal Factor);

/// <summary>A load on the scale at receipt.</summary>
/// <param name="Ticket">The weighing ticket's number, or whatever the scale gives.</param>
public sealed record Weighing(Mass Gross, Mass Tare, Share Moisture, Share Contamination, string Ticket, string Vehicle, DateTimeOffset At)
{
    /// <summary>Gross less tare.</summary>
    public Mass Net => Gross - Tare;
}
