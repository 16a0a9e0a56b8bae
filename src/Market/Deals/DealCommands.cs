using System.Text.Json.Serialization;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Lots;

namespace Ainalym.Market.Deals;

/// <summary>An order to one deal.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(OpenDeal), "open-deal")]
[JsonDerivedType(typeof(OfferToSecond), "offer-to-second")]
[JsonDerivedType(typeof(AnswerOffer), "answer-offer")]
[JsonDerivedType(typeof(FileComplaint), "file-complaint")]
[JsonDerivedType(typeof(DecideComplaint), "decide-complaint")]
[JsonDerivedType(typeof(AcceptContract), "accept-contract")]
[JsonDerivedType(typeof(PayDeal), "pay-deal")]
[JsonDerivedType(typeof(RecordPayment), "record-payment")]
[JsonDerivedType(typeof(OrderTopUp), "order-top-up")]
[JsonDerivedType(typeof(ProposePickUp), "propose-pick-up")]
[JsonDerivedType(typeof(RecordLoading), "record-loading")]
[JsonDerivedType(typeof(RecordWeighing), "record-weighing")]
[JsonDerivedType(typeof(VoidWeighing), "void-weighing")]
[JsonDerivedType(typeof(EndReceipt), "end-receipt")]
[JsonDerivedType(typeof(ConfirmReceipt), "confirm-receipt")]
[JsonDerivedType(typeof(RaiseDispute), "raise-dispute")]
[JsonDerivedType(typeof(AddEvidence), "add-evidence")]
[JsonDerivedType(typeof(DecideDispute), "decide-dispute")]
[JsonDerivedType(typeof(ResumeHandover), "resume-handover")]
[JsonDerivedType(typeof(ExtendDeadline), "extend-deadline")]
[JsonDerivedType(typeof(LapseDeadline), "lapse-deadline")]
public abstract record DealCommand(Guid CommandId) : ICommand;

/// <summary>Begins a deal with the lot's winner; sent by the award's follower.</summary>
public sealed record OpenDeal(Guid CommandId, DealTerms Terms) : DealCommand(CommandId);

/// <summary>Begins a deal with the lot's second bidder, at his price, after the first one's came to nothing; he may decline.</summary>
/// <param name="SellerId">Who offers.</param>
public sealed record OfferToSecond(Guid CommandId, Guid SellerId, DealTerms Terms) : DealCommand(CommandId);

public sealed record AnswerOffer(Guid CommandId, Guid BuyerId, bool Accepted) : DealCommand(CommandId);

/// <summary>Against the award, while it stands still.</summary>
/// <param name="Organisation">The seller, or one who has bid.</param>
public sealed record FileComplaint(Guid CommandId, Guid Organisation, string Reason) : DealCommand(CommandId)
{
    /// <summary>Read by the server: the complainant has bid on the lot.</summary>
    public bool HasBid { get; init; }
}

/// <param name="Upheld">The award falls.</param>
public sealed record DecideComplaint(Guid CommandId, bool Upheld, string Reason) : DealCommand(CommandId);

public sealed record AcceptContract(Guid CommandId, Guid Organisation) : DealCommand(CommandId);

/// <summary>Pays what is due out of the buyer's available money.</summary>
public sealed record PayDeal(Guid CommandId, Guid BuyerId) : DealCommand(CommandId);

/// <summary>What came of a payment that was ordered; sent by who carries it to the ledger.</summary>
/// <param name="Missing">What the buyer lacked; null: it is paid.</param>
public sealed record RecordPayment(Guid CommandId, int Attempt, Money? Missing) : DealCommand(CommandId);

/// <summary>Takes what the goods cost beyond what was paid out of the buyer's wallet; sent by the house once it is there.</summary>
public sealed record OrderTopUp(Guid CommandId) : DealCommand(CommandId);

/// <summary>Proposes a day, or agrees to the other's when it is the same.</summary>
public sealed record ProposePickUp(Guid CommandId, Guid Organisation, DateOnly Day) : DealCommand(CommandId);

/// <param name="Organisation">Either party: the seller, who loads, or the buyer, whose driver stands by.</param>
public sealed record RecordLoading(Guid CommandId, Guid Organisation, string Vehicle) : DealCommand(CommandId);

/// <summary>One load, weighed where it is received.</summary>
public sealed record RecordWeighing(Guid CommandId, Guid BuyerId, Mass Gross, Mass Tare, Share Moisture, Share Contamination, string Ticket, string Vehicle) : DealCommand(CommandId);

/// <summary>Takes back a weighing that was recorded by mistake, as long as the receipt has not ended.</summary>
public sealed record VoidWeighing(Guid CommandId, Guid BuyerId, string Ticket, string Reason) : DealCommand(CommandId);

/// <summary>Everything has come.</summary>
public sealed record EndReceipt(Guid CommandId, Guid BuyerId) : DealCommand(CommandId);

/// <summary>The seller takes the scale's word.</summary>
public sealed record ConfirmReceipt(Guid CommandId, Guid SellerId) : DealCommand(CommandId);

public sealed record RaiseDispute(Guid CommandId, Guid Organisation, string Reason) : DealCommand(CommandId);

/// <param name="Photos">Hashes of photos that were sent before.</param>
/// <param name="Documents">Hashes of PDF files that the organisation has sent.</param>
public sealed record AddEvidence(
    Guid CommandId, Guid Organisation, string Text, LotPhotos? Photos = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EqualList<string>? Documents = null) : DealCommand(CommandId);

/// <param name="Payable">The mass that is paid for; null: as the scale and the terms have it. Zero: nothing is, and the buyer has all of it back.</param>
public sealed record DecideDispute(Guid CommandId, Mass? Payable, string Reason) : DealCommand(CommandId);

/// <summary>The operator has the handover go on instead of deciding what is paid: the goods may still come, or be weighed again.</summary>
public sealed record ResumeHandover(Guid CommandId, string Reason) : DealCommand(CommandId);

/// <summary>Gives back the time in which nobody could do anything; sent by the house after an outage.</summary>
/// <param name="Since">When it began: what was late then is late still.</param>
/// <param name="Gap">More than zero.</param>
public sealed record ExtendDeadline(Guid CommandId, DateTimeOffset Since, TimeSpan Gap) : DealCommand(CommandId);

/// <summary>What a deadline does when it passes; sent by the reminder "deadline".</summary>
/// <param name="Due">When the reminder was due.</param>
public sealed record LapseDeadline(Guid CommandId, DateTimeOffset Due) : DealCommand(CommandId), IDueCommand;
