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

        /// <summary>When the deadline does what it does; null where there is none, or it has done it.</summary>
        [JsonIgnore]
        public virtual DateTimeOffset? LapsesAt => By;
    }

    /// <summary>To the second bidder.</summary>
    public sealed record Offered(DealTerms Terms, DateTimeOffset? By) : Opened(Terms, By)
    {
        public override Turn Turn => Turn.Buyer;
    }

    /// <param name="Complained">A complaint is open; the clock stands.</param>
    /// <param name="Remaining">What was left on the clock then.</param>
    /// <param name="Complainants">Who has complained already: each may once, so that nobody can hold a deal up for ever.</param>
    /// <param name="Overdue">The operator is late with the complaint, and it was told.</param>
    public sealed record Standstill(
        DealTerms Terms, DateTimeOffset? By, EqualList<Guid> Complainants, bool Complained = false, TimeSpan Remaining = default, bool Overdue = false) : Opened(Terms, By)
    {
        public override Turn Turn => Complained ? Turn.Operator : Turn.None;

        public override DateTimeOffset? LapsesAt => Overdue ? null : By;
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
    /// <param name="Proposals">How many there were.</param>
    /// <param name="Loads">How many vehicles were loaded.</param>
    /// <param name="Voids">How many weighings were taken back.</param>
    /// <param name="LoadsBefore">How many of the loads are of before a dispute: what is still to come has a pick-up of its own.</param>
    public sealed record Handover(
        DealTerms Terms, DateTimeOffset? By, int Attempt, EqualList<Weighing> Weighings, Guid? ProposedBy = null, DateOnly? Proposed = null, DateOnly? Agreed = null, int Proposals = 0, int Loads = 0, int Voids = 0,
        int LoadsBefore = 0) : Opened(Terms, By)
    {
        /// <summary>Since the handover began or went on.</summary>
        public bool Loaded => Loads > LoadsBefore;

        /// <summary>A loading was recorded; or the goods were weighed before one was asked for.</summary>
        public bool MayWeigh => Loads > 0 || Weighings.Count + Voids > 0;

        public override Turn Turn =>
            Loaded ? Turn.Buyer
            : ProposedBy == Terms.SellerId ? Turn.Buyer
            : ProposedBy == Terms.BuyerId ? Turn.Seller
            : MayWeigh && Agreed is null ? Turn.Buyer
            : Turn.Seller | Turn.Buyer;
    }

    public sealed record Received(DealTerms Terms, DateTimeOffset? By, int Attempt, EqualList<Weighing> Weighings, int Loads = 0) : Opened(Terms, By)
    {
        public override Turn Turn => Turn.Seller;
    }

    /// <param name="BySeller">How many pieces of evidence are the seller's.</param>
    /// <param name="ByBuyer">How many are the buyer's.</param>
    /// <param name="Overdue">The operator is late with the decision, and it was told.</param>
    public sealed record Disputed(
        DealTerms Terms, DateTimeOffset? By, int Attempt, EqualList<Weighing> Weighings, int BySeller = 0, int ByBuyer = 0, bool Overdue = false, int Loads = 0) : Opened(Terms, By)
    {
        public override Turn Turn => Turn.Operator;

        public override DateTimeOffset? LapsesAt => Overdue ? null : By;

        public int EvidenceOf(Guid organisation) => organisation == Terms.SellerId ? BySeller : ByBuyer;
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
        (Unopened, DealOpened e) => new Standstill(e.Terms, e.By, EqualList<Guid>.Empty),
        (Unopened, DealOffered e) => new Offered(e.Terms, e.By),
        (Standstill { By: { } by } still, ComplaintFiled e) => still with { By = e.DecideBy, Complained = true, Remaining = by - e.At, Complainants = still.Complainants.With(e.Organisation) },
        (Standstill still, ComplaintDismissed e) => still with { By = e.At + still.Remaining, Complained = false, Remaining = default, Overdue = false },
        (Standstill, ComplaintUpheld) => this,
        (Standstill or Offered, ContractOffered e) => new Contract(TermsOf(this), e.By),
        (Contract contract, ContractAccepted e) => e.Organisation == contract.Terms.SellerId ? contract with { SellerAccepted = true } : contract with { BuyerAccepted = true },
        (Contract contract, PaymentDue e) => new Unpaid(contract.Terms, e.By),
        (Unpaid unpaid, PaymentOrdered e) => unpaid with { Attempt = e.Attempt, Ordered = true },
        (Unpaid unpaid, PaymentFailed) => unpaid with { Ordered = false },
        (Unpaid unpaid, DealPaid e) => new Handover(unpaid.Terms, e.By, unpaid.Attempt, EqualList<Weighing>.Empty),
        (Handover handover, PickUpProposed e) => handover with { ProposedBy = e.Organisation, Proposed = e.Day, Proposals = handover.Proposals + 1 },
        (Handover handover, PickUpAgreed e) => handover with { ProposedBy = null, Proposed = null, Agreed = e.Day },
        (Handover handover, GoodsLoaded) => handover with { Loads = handover.Loads + 1 },
        (Handover handover, GoodsWeighed e) => handover with { Weighings = handover.Weighings.With(e.Weighing) },
        (Handover handover, WeighingVoided e) => handover with { Weighings = new([.. handover.Weighings.Where(weighing => weighing.Ticket != e.Ticket)]), Voids = handover.Voids + 1 },
        (Handover handover, ReceiptEnded e) => new Received(handover.Terms, e.By, handover.Attempt, handover.Weighings, handover.Loads),
        (Handover handover, DisputeRaised e) => new Disputed(handover.Terms, e.DecideBy, handover.Attempt, handover.Weighings, Loads: handover.Loads),
        (Received received, DisputeRaised e) => new Disputed(received.Terms, e.DecideBy, received.Attempt, received.Weighings, Loads: received.Loads),
        (Standstill still, DecisionOverdue) => still with { Overdue = true },
        (Disputed disputed, DecisionOverdue) => disputed with { Overdue = true },
        (Disputed disputed, EvidenceAdded e) => e.Organisation == disputed.Terms.SellerId ? disputed with { BySeller = disputed.BySeller + 1 } : disputed with { ByBuyer = disputed.ByBuyer + 1 },
        (Disputed, DisputeDecided) => this,
        (Disputed disputed, HandoverResumed e) => new Handover(disputed.Terms, e.By, disputed.Attempt, disputed.Weighings, Loads: disputed.Loads, LoadsBefore: disputed.Loads),
        (Handover or Received or Disputed, TopUpDue e) => new Underpaid(TermsOf(this), e.By, AttemptOf(this), Ordered: false, e.Sums),
        (Underpaid under, PaymentOrdered e) => under with { Attempt = e.Attempt, Ordered = true },
        (Underpaid under, PaymentFailed) => under with { Ordered = false },
        (Underpaid under, TopUpPaid) => under with { Ordered = false },
        (Handover or Received or Disputed or Underpaid, DealSettled e) => new Settled(TermsOf(this), e.Sums),
        (Opened { By: not null } opened, DeadlineExtended e) => opened with { By = e.By },
        (Opened opened, DealCancelled e) => new Cancelled(opened.Terms, e.Reason),
        (Opened opened, DealDefaulted e) => new Defaulted(opened.Terms, e.Failure),
        _ => throw new UnreachableException($"{@event.GetType().Name} cannot follow {GetType().Name}."),
    };

    /// <summary>What was weighed at receipt and stands: a void weighing does not.</summary>
    public static IReadOnlyList<Weighing> WeighingsOf(IEnumerable<DealEvent> history)
    {
        var standing = new List<Weighing>();
        foreach (var @event in history)
        {
            if (@event is GoodsWeighed weighed) standing.Add(weighed.Weighing);
            else if (@event is WeighingVoided gone) standing.RemoveAll(weighing => weighing.Ticket == gone.Ticket);
        }

        return standing;
    }

    private static DealTerms TermsOf(Deal deal) => ((Opened)deal).Terms;

    private static int AttemptOf(Deal deal) => deal switch
    {
        Handover handover => handover.Attempt,
        Received received => received.Attempt,
        Disputed disputed => disputed.Attempt,
        _ => throw new UnreachableException($"{deal.GetType().Name} has paid nothing."),
    };
}
