using System.Diagnostics;
using System.Text.Json.Serialization;
using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Market.Deals;

/// <summary>Who has the next step. Of several, each has one.</summary>
[Flags]
public enum Turn
{
    /// <summary>Nobody: time passes, or the deal is over.</summary>
    None = 0,
    Seller = 1,
    Buyer = 2,
    Operator = 4,
}

/// <summary>A deal as its decider sees it: from the award to money in the seller's account.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "state")]
[JsonDerivedType(typeof(Unopened), "unopened")]
[JsonDerivedType(typeof(Offered), "offered")]
[JsonDerivedType(typeof(Standstill), "standstill")]
[JsonDerivedType(typeof(Contract), "contract")]
[JsonDerivedType(typeof(Unpaid), "unpaid")]
[JsonDerivedType(typeof(Handover), "handover")]
[JsonDerivedType(typeof(Received), "received")]
[JsonDerivedType(typeof(Disputed), "disputed")]
[JsonDerivedType(typeof(Underpaid), "underpaid")]
[JsonDerivedType(typeof(Settled), "settled")]
[JsonDerivedType(typeof(Cancelled), "cancelled")]
[JsonDerivedType(typeof(Defaulted), "defaulted")]
public abstract record Deal : IState<Deal, DealEvent>
{
    private Deal() { }

    public static Deal Initial { get; } = new Unopened();

    public sealed record Unopened : Deal;

    /// <summary>Known, and perhaps over.</summary>
    /// <param name="By">What waits for it is late from then on; null where nothing runs out.</param>
    public abstract record Opened(DealTerms Terms, DateTimeOffset? By) : Deal
    {
        [JsonIgnore]
        public abstract Turn Turn { get; }
    }

    /// <summary>To the second bidder.</summary>
    public sealed record Offered(DealTerms Terms, DateTimeOffset? By) : Opened(Terms, By)
    {
        public override Turn Turn => Turn.Buyer;
    }

    /// <param name="Complained">A complaint is open; the clock stands.</param>
    /// <param name="Remaining">What was left on the clock then.</param>
    public sealed record Standstill(DealTerms Terms, DateTimeOffset? By, bool Complained = false, TimeSpan Remaining = default) : Opened(Terms, By)
    {
        public override Turn Turn => Complained ? Turn.Operator : Turn.None;
    }

    public sealed record Contract(DealTerms Terms, DateTimeOffset? By, bool SellerAccepted = false, bool BuyerAccepted = false) : Opened(Terms, By)
    {
        public override Turn Turn => (SellerAccepted ? Turn.None : Turn.Seller) | (BuyerAccepted ? Turn.None : Turn.Buyer);

        public bool HasAccepted(Guid organisation) => organisation == Terms.SellerId ? SellerAccepted : BuyerAccepted;
    }

    /// <param name="Attempt">How many payments were ordered.</param>
    /// <param name="Ordered">The last of them is on its way.</param>
    public sealed record Unpaid(DealTerms Terms, DateTimeOffset? By, int Attempt = 0, bool Ordered = false) : Opened(Terms, By)
    {
        public override Turn Turn => Ordered ? Turn.None : Turn.Buyer;
    }

    /// <param name="ProposedBy">Whose proposal of a pick-up day is open.</param>
    public sealed record Handover(
        DealTerms Terms, DateTimeOffset? By, int Attempt, Guid? ProposedBy, DateOnly? Proposed, DateOnly? Agreed, bool Loaded, EqualList<Weighing> Weighings) : Opened(Terms, By)
    {
        public override Turn Turn =>
            Loaded || Weighings.Count > 0 ? Turn.Buyer
            : Agreed is not null ? Turn.Seller
            : ProposedBy == Terms.SellerId ? Turn.Buyer
            : ProposedBy == Terms.BuyerId ? Turn.Seller
            : Turn.Seller | Turn.Buyer;
    }

    public sealed record Received(DealTerms Terms, DateTimeOffset? By, int Attempt, EqualList<Weighing> Weighings) : Opened(Terms, By)
    {
        public override Turn Turn => Turn.Seller;
    }

    /// <param name="Evidence">How many pieces there are.</param>
    public sealed record Disputed(DealTerms Terms, int Attempt, EqualList<Weighing> Weighings, int Evidence = 0) : Opened(Terms, By: null)
    {
        public override Turn Turn => Turn.Operator;
    }

    /// <param name="Sums">What the deal comes to once the rest is paid.</param>
    public sealed record Underpaid(DealTerms Terms, DateTimeOffset? By, int Attempt, bool Ordered, SettlementSums Sums) : Opened(Terms, By)
    {
        public override Turn Turn => Ordered ? Turn.None : Turn.Buyer;
    }

    public sealed record Settled(DealTerms Terms, SettlementSums Sums) : Opened(Terms, By: null)
    {
        public override Turn Turn => Turn.None;
    }

    public sealed record Cancelled(DealTerms Terms, DealCancellation Reason) : Opened(Terms, By: null)
    {
        public override Turn Turn => Turn.None;
    }

    public sealed record Defaulted(DealTerms Terms, DealDefault Failure) : Opened(Terms, By: null)
    {
        public override Turn Turn => Turn.None;
    }

    public Deal Evolve(DealEvent @event) => (this, @event) switch
    {
        (Unopened, DealOpened e) => new Standstill(e.Terms, e.By),
        (Unopened, DealOffered e) => new Offered(e.Terms, e.By),
        (Standstill { By: { } by } still, ComplaintFiled e) => still with { By = null, Complained = true, Remaining = by - e.At },
        (Standstill still, ComplaintDismissed e) => still with { By = e.At + still.Remaining, Complained = false, Remaining = default },
        (Standstill or Offered, ContractOffered e) => new Contract(TermsOf(this), e.By),
        (Contract contract, ContractAccepted e) => e.Organisation == contract.Terms.SellerId ? contract with { SellerAccepted = true } : contract with { BuyerAccepted = true },
        (Contract contract, PaymentDue e) => new Unpaid(contract.Terms, e.By),
        (Unpaid unpaid, PaymentOrdered e) => unpaid with { Attempt = e.Attempt, Ordered = true },
        (Unpaid unpaid, PaymentFailed) => unpaid with { Ordered = false },
        (Unpaid unpaid, DealPaid e) => new Handover(unpaid.Terms, e.By, unpaid.Attempt, ProposedBy: null, Proposed: null, Agreed: null, Loaded: false, EqualList<Weighing>.Empty),
        (Handover handover, PickUpProposed e) => handover with { ProposedBy = e.Organisation, Proposed = e.Day },
        (Handover handover, PickUpAgreed e) => handover with { ProposedBy = null, Proposed = null, Agreed = e.Day },
        (Handover handover, GoodsLoaded) => handover with { Loaded = true },
        (Handover handover, GoodsWeighed e) => handover with { Weighings = handover.Weighings.With(e.Weighing) },
        (Handover handover, ReceiptEnded e) => new Received(handover.Terms, e.By, handover.Attempt, handover.Weighings),
        (Handover handover, DisputeRaised) => new Disputed(handover.Terms, handover.Attempt, handover.Weighings),
        (Received received, DisputeRaised) => new Disputed(received.Terms, received.Attempt, received.Weighings),
        (Disputed disputed, EvidenceAdded) => disputed with { Evidence = disputed.Evidence + 1 },
        (Disputed, DisputeDecided) => this,
        (Handover or Received or Disputed, TopUpDue e) => new Underpaid(TermsOf(this), e.By, AttemptOf(this), Ordered: false, e.Sums),
        (Underpaid under, PaymentOrdered e) => under with { Attempt = e.Attempt, Ordered = true },
        (Underpaid under, PaymentFailed) => under with { Ordered = false },
        (Underpaid under, TopUpPaid) => under with { Ordered = false },
        (Handover or Received or Disputed or Underpaid, DealSettled e) => new Settled(TermsOf(this), e.Sums),
        (Opened opened, DealCancelled e) => new Cancelled(opened.Terms, e.Reason),
        (Opened opened, DealDefaulted e) => new Defaulted(opened.Terms, e.Failure),
        _ => throw new UnreachableException($"{@event.GetType().Name} cannot follow {GetType().Name}."),
    };

    private static DealTerms TermsOf(Deal deal) => ((Opened)deal).Terms;

    private static int AttemptOf(Deal deal) => deal switch
    {
        Handover handover => handover.Attempt,
        Received received => received.Attempt,
        Disputed disputed => disputed.Attempt,
        _ => throw new UnreachableException($"{deal.GetType().Name} has paid nothing."),
    };
}
