namespace Ainalym.Market.Deals;

/// <summary>Why a deal did not take a command. What is over, at another stage or too late is said first; then whose step it is, then what is wrong with the words and figures.</summary>
public enum DealRefusal
{
    /// <summary>No deal has this id, or it is not the caller's.</summary>
    DealNotFound,

    /// <summary>There is a deal of this id already.</summary>
    AlreadyOpen,

    /// <summary>Neither the seller nor the buyer, or not the one whose step it is.</summary>
    NotYourStep,

    /// <summary>Settled, cancelled or defaulted; fact: which.</summary>
    DealOver,

    /// <summary>The deal is at another stage; fact: which.</summary>
    NotAtThisStage,

    /// <summary>Fact: when it was due.</summary>
    TooLate,

    /// <summary>Only the seller and who has bid may complain, and not the winner.</summary>
    MayNotComplain,

    /// <summary>A complaint waits for the operator already.</summary>
    ComplaintOpen,

    /// <summary>Everyone complains once against an award.</summary>
    AlreadyComplained,

    AlreadyAccepted,

    /// <summary>The payment is on its way.</summary>
    PaymentOnItsWay,

    ReasonMissing,

    /// <summary>Fact: the most characters.</summary>
    TextTooLong,

    /// <summary>Control characters, broken letters or markup.</summary>
    TextNotPlain,

    /// <summary>It is proposed by the same party already, or agreed.</summary>
    AlreadyProposed,

    /// <summary>Fact: the most proposals of a pick-up day. One that is open can still be agreed to.</summary>
    TooManyProposals,

    /// <summary>The pick-up day lies outside the lot's, or has passed; facts: first and last day.</summary>
    PickUpOutside,

    /// <summary>A pick-up day has to be agreed first.</summary>
    PickUpNotAgreed,

    AlreadyLoaded,

    /// <summary>Nothing was loaded yet, so nothing can be weighed.</summary>
    NotLoaded,

    /// <summary>Fact: the most vehicles of a deal.</summary>
    TooManyLoads,

    /// <summary>Gross is no more than tare.</summary>
    NetNotPositive,

    /// <summary>Fact: the most weighings of a deal, void ones too.</summary>
    TooManyWeighings,

    /// <summary>A load with this ticket's number was weighed already.</summary>
    TicketTaken,

    /// <summary>No weighing stands under this ticket's number.</summary>
    TicketUnknown,

    /// <summary>What the goods come to does not fit into 64 bits of minor units.</summary>
    AmountTooLarge,

    /// <summary>Nothing was weighed yet.</summary>
    NothingWeighed,

    /// <summary>Fact: the most pieces of evidence of one party.</summary>
    TooMuchEvidence,

    /// <summary>Send a photo before naming it; fact: the hash.</summary>
    PhotoUnknown,

    /// <summary>Fact: the most documents of one piece of evidence.</summary>
    TooManyDocuments,

    /// <summary>The organisation has sent no document with this hash; fact: the hash.</summary>
    DocumentUnknown,

    /// <summary>Fact: the most that can be paid for: the lot's mass, or what was weighed where that is more.</summary>
    PayableTooLarge,

    /// <summary>The lot's first deal did not fail by its buyer or by a complaint, or nobody else has bid.</summary>
    NoSecondBidder,

    /// <summary>Facts: what is due, what the buyer has free, and how much is missing.</summary>
    MoneyShort,

    /// <summary>Fact: when it will be.</summary>
    NotYetDue,
}
