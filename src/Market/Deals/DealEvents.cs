using System.Text.Json.Serialization;
using Ainalym.Kernel;
using Ainalym.Market.Lots;

namespace Ainalym.Market.Deals;

/// <summary>What has happened in a deal. <c>By</c> is a deadline, exclusive.</summary>
public abstract record DealEvent([property: JsonPropertyName("at_ms"), JsonConverter(typeof(UnixMilliseconds))] DateTimeOffset At);

/// <summary>The award stands still until <paramref name="By"/>: who has bid, and the seller, may complain.</summary>
public sealed record DealOpened(DealTerms Terms, DateTimeOffset By, DateTimeOffset At) : DealEvent(At);

public sealed record DealOffered(DealTerms Terms, DateTimeOffset By, DateTimeOffset At) : DealEvent(At);

/// <summary>The clock stands until the operator has decided.</summary>
/// <param name="DecideBy">When the operator is late with it; none in those from before decisions had a deadline.</param>
public sealed record ComplaintFiled(
    Guid Organisation, string Reason, DateTimeOffset At, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? DecideBy = null) : DealEvent(At);

public sealed record ComplaintDismissed(string Reason, DateTimeOffset At) : DealEvent(At);

/// <summary>The award falls; that it does is the next fact.</summary>
public sealed record ComplaintUpheld(string Reason, DateTimeOffset At) : DealEvent(At);

/// <summary>The house was down, or the way to it: what was to be done by then may be done so much later.</summary>
public sealed record DeadlineExtended(DateTimeOffset By, DateTimeOffset At) : DealEvent(At);

/// <summary>The award holds, or the offer was taken; both have to accept the contract.</summary>
public sealed record ContractOffered(DateTimeOffset By, DateTimeOffset At) : DealEvent(At);

public sealed record ContractAccepted(Guid Organisation, DateTimeOffset At) : DealEvent(At);

/// <summary>Both have accepted; the buyer has to pay.</summary>
public sealed record PaymentDue(Money Amount, DateTimeOffset By, DateTimeOffset At) : DealEvent(At);

/// <summary>On its way to the ledger.</summary>
/// <param name="IsTopUp">What the goods cost beyond the award; else it is the award's amount, and lets the guarantee go.</param>
public sealed record PaymentOrdered(int Attempt, Money Amount, bool IsTopUp, DateTimeOffset At) : DealEvent(At);

public sealed record PaymentFailed(int Attempt, Money Missing, DateTimeOffset At) : DealEvent(At);

/// <summary>The money is in escrow; the goods have to be handed over.</summary>
public sealed record DealPaid(Money Amount, DateTimeOffset By, DateTimeOffset At) : DealEvent(At);

public sealed record PickUpProposed(Guid Organisation, DateOnly Day, DateTimeOffset At) : DealEvent(At);

public sealed record PickUpAgreed(DateOnly Day, DateTimeOffset At) : DealEvent(At);

/// <param name="Organisation">Which party has recorded it; null in deals of when only the seller could.</param>
public sealed record GoodsLoaded(string Vehicle, DateTimeOffset At, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Organisation = null) : DealEvent(At);

public sealed record GoodsWeighed(Weighing Weighing, WeighedMass Result, DateTimeOffset At) : DealEvent(At);

/// <summary>A weighing was recorded by mistake and counts no more.</summary>
/// <param name="Ticket">Whose number it was; it may be used again.</param>
public sealed record WeighingVoided(string Ticket, string Reason, DateTimeOffset At) : DealEvent(At);

/// <summary>Everything has come, and it differs from the lot by more than the tolerance: the seller has to answer. Silence is consent.</summary>
public sealed record ReceiptEnded(SettlementSums Sums, DateTimeOffset By, DateTimeOffset At) : DealEvent(At);

/// <param name="Organisation">None: the goods were not handed over in time.</param>
/// <param name="DecideBy">When the operator is late with the decision; none in those from before decisions had a deadline.</param>
public sealed record DisputeRaised(
    Guid? Organisation, string Reason, DateTimeOffset At, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? DecideBy = null) : DealEvent(At);

/// <summary>The operator has let the deadline of a decision pass. It decides nothing and bars nobody.</summary>
/// <param name="Complaint">Of a complaint; else of a dispute.</param>
public sealed record DecisionOverdue(bool Complaint, DateTimeOffset By, DateTimeOffset At) : DealEvent(At);

/// <param name="Documents">Hashes of PDF files.</param>
public sealed record EvidenceAdded(Guid Organisation, string Text, LotPhotos? Photos, DateTimeOffset At, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EqualList<string>? Documents = null) : DealEvent(At);

public sealed record DisputeDecided(Mass? Payable, string Reason, DateTimeOffset At) : DealEvent(At);

/// <summary>The operator sends a disputed deal back to its handover: the goods are fetched, or weighed, again.</summary>
public sealed record HandoverResumed(string Reason, DateTimeOffset By, DateTimeOffset At) : DealEvent(At);

/// <summary>The goods cost more than was paid: the buyer has to pay the rest.</summary>
public sealed record TopUpDue(SettlementSums Sums, DateTimeOffset By, DateTimeOffset At) : DealEvent(At);

/// <summary>More came into escrow.</summary>
public sealed record TopUpPaid(Money Amount, DateTimeOffset At) : DealEvent(At);

/// <summary>The end: who gets what.</summary>
public sealed record DealSettled(SettlementSums Sums, DateTimeOffset At) : DealEvent(At);

/// <summary>Why a deal came to nothing without the buyer's fault.</summary>
[JsonConverter(typeof(KebabCase<DealCancellation>))]
public enum DealCancellation { ComplaintUpheld, OfferDeclined, SellerDidNotAccept, NothingDelivered }

/// <param name="Refund">What goes back to the buyer out of escrow.</param>
public sealed record DealCancelled(DealCancellation Reason, Money Refund, DateTimeOffset At) : DealEvent(At);

/// <summary>What the buyer failed to do.</summary>
[JsonConverter(typeof(KebabCase<DealDefault>))]
public enum DealDefault { ContractNotAccepted, NotPaid }

/// <param name="ToSeller">Of the guarantee; the rest is the platform's.</param>
public sealed record DealDefaulted(DealDefault Failure, Money ToSeller, Money ToPlatform, DateTimeOffset At) : DealEvent(At);
