using System.Diagnostics;
using System.Globalization;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market.Lots;
using Ainalym.Market.Rates;

namespace Ainalym.Market.Deals;

/// <summary>The rules of a deal, from the award to the settlement.</summary>
public static class DealDecider
{
    public const int ReasonLength = 2_000;
    public const int TicketLength = 64;
    public const int Weighings = 200;
    public const int Loads = 200;
    public const int Proposals = 30;

    /// <summary>Of one party.</summary>
    public const int EvidencePieces = 25;

    /// <summary>Of one piece of evidence.</summary>
    public const int EvidenceDocuments = 5;

    public static Decision<DealEvent> Decide(Deal deal, DealCommand command, DateTimeOffset now) => (deal, command) switch
    {
        (Deal.Unopened, OpenDeal open) => new DealOpened(open.Terms, now + (open.Terms.Rules.Standstill ?? DealRules.UsualStandstill), now),
        (Deal.Unopened, OfferToSecond offer) => new DealOffered(offer.Terms, WorkDays.After(now, DealRules.OfferDays), now),
        (Deal.Unopened, _) => DealRefusal.DealNotFound,
        (_, OpenDeal or OfferToSecond) => DealRefusal.AlreadyOpen,

        // What the house sends meets the deal as it is: what no longer matters changes nothing.
        (Deal.Unpaid unpaid, RecordPayment record) => Paid(unpaid, record, now),
        (Deal.Underpaid under, RecordPayment record) => ToppedUp(under, record, now),
        (Deal.Underpaid { Ordered: false } under, OrderTopUp) => TopUp(under, now),
        (_, RecordPayment or OrderTopUp) => Decision<DealEvent>.Nothing,
        (Deal.Opened opened, LapseDeadline) => Lapse(opened, now),
        (Deal.Opened { LapsesAt: { } by }, ExtendDeadline extend) when by > extend.Since => new DeadlineExtended(by + extend.Gap, now),
        (Deal.Opened, ExtendDeadline) => Decision<DealEvent>.Nothing,

        (Deal.Settled or Deal.Cancelled or Deal.Defaulted, _) => new Refusal(DealRefusal.DealOver, StageOf(deal)),

        // Who lets the deadline of a decision pass is the operator: it bars neither him nor anybody's evidence.
        (Deal.Opened { By: { } by } and not (Deal.Standstill { Complained: true } or Deal.Disputed), not DecideComplaint) when now >= by => new Refusal(DealRefusal.TooLate, by),

        (Deal.Offered offered, AnswerOffer answer) => Answer(offered, answer, now),
        (Deal.Standstill still, FileComplaint complaint) => Complain(still, complaint, now),
        (Deal.Standstill { Complained: true } still, DecideComplaint decide) => DecideOn(still, decide, now),
        (Deal.Contract contract, AcceptContract accept) => Accept(contract, accept.Organisation, now),
        (Deal.Unpaid unpaid, PayDeal pay) => Pay(pay, unpaid.Terms, unpaid.Ordered, new(unpaid.Attempt + 1, unpaid.Terms.Amount, IsTopUp: false, now)),
        (Deal.Underpaid under, PayDeal pay) => Pay(pay, under.Terms, under.Ordered, TopUp(under, now)),
        (Deal.Handover handover, ProposePickUp propose) => PickUp(handover, propose, now),
        (Deal.Handover handover, RecordLoading loading) => Load(handover, loading, now),
        (Deal.Handover handover, RecordWeighing weighing) => Weigh(handover, weighing, now),
        (Deal.Handover handover, VoidWeighing gone) => Void(handover, gone, now),
        (Deal.Handover handover, EndReceipt end) => end.BuyerId != handover.Terms.BuyerId ? DealRefusal.NotYourStep : End(handover, now),
        (Deal.Received received, ConfirmReceipt confirm) => confirm.SellerId != received.Terms.SellerId ? DealRefusal.NotYourStep : Finish(received.Terms, received.Attempt, SumsOf(received.Terms, received.Weighings, now), now),
        (Deal.Handover handover, RaiseDispute dispute) => Dispute(dispute, handover.Terms, handover.Terms.IsParty(dispute.Organisation), now),
        (Deal.Received received, RaiseDispute dispute) => Dispute(dispute, received.Terms, received.Terms.SellerId == dispute.Organisation, now),
        (Deal.Disputed disputed, AddEvidence evidence) => Evidence(disputed, evidence, now),
        (Deal.Disputed disputed, DecideDispute decide) => DecideOn(disputed, decide, now),
        (Deal.Disputed disputed, ResumeHandover resume) => Unfit(resume.Reason, "reason", ReasonLength, lines: true) is { } unfit ? unfit : new HandoverResumed(resume.Reason.Trim(), HandoverBy(disputed.Terms, now), now),
        (Deal.Opened, _) => new Refusal(DealRefusal.NotAtThisStage, StageOf(deal)),
        _ => throw new UnreachableException($"No rule for {command.GetType().Name} on {deal.GetType().Name}."),
    };

    /// <summary><c>handover</c>.</summary>
    public static string StageOf(Deal deal) => KebabCase.NameOf(deal.GetType().Name);

    private static Decision<DealEvent> Answer(Deal.Offered offered, AnswerOffer answer, DateTimeOffset now)
    {
        if (answer.BuyerId != offered.Terms.BuyerId) return DealRefusal.NotYourStep;
        return answer.Accepted ? new ContractOffered(WorkDays.After(now, DealRules.ContractDays), now) : Cancelled(DealCancellation.OfferDeclined, offered.Terms, refunded: false, now);
    }

    private static Decision<DealEvent> Complain(Deal.Standstill still, FileComplaint complaint, DateTimeOffset now)
    {
        if (complaint.Organisation == still.Terms.BuyerId || !(complaint.HasBid || complaint.Organisation == still.Terms.SellerId)) return DealRefusal.MayNotComplain;
        if (still.Complained) return DealRefusal.ComplaintOpen;
        if (still.Complainants.Contains(complaint.Organisation)) return DealRefusal.AlreadyComplained;
        return Unfit(complaint.Reason, "reason", ReasonLength, lines: true) is { } unfit ? unfit : new ComplaintFiled(complaint.Organisation, complaint.Reason.Trim(), now, DecideBy(still.Terms, now));
    }

    private static Decision<DealEvent> DecideOn(Deal.Standstill still, DecideComplaint decide, DateTimeOffset now)
    {
        if (Unfit(decide.Reason, "reason", ReasonLength, lines: true) is { } unfit) return unfit;
        return decide.Upheld
            ? new DealEvent[] { new ComplaintUpheld(decide.Reason.Trim(), now), CancelledEvent(DealCancellation.ComplaintUpheld, still.Terms, refunded: false, now) }
            : new ComplaintDismissed(decide.Reason.Trim(), now);
    }

    private static Decision<DealEvent> Accept(Deal.Contract contract, Guid organisation, DateTimeOffset now)
    {
        if (!contract.Terms.IsParty(organisation)) return DealRefusal.NotYourStep;
        if (contract.HasAccepted(organisation)) return DealRefusal.AlreadyAccepted;
        var accepted = new ContractAccepted(organisation, now);
        return contract.SellerAccepted || contract.BuyerAccepted
            ? new DealEvent[] { accepted, new PaymentDue(contract.Terms.Amount, WorkDays.After(now, DealRules.PaymentDays), now) }
            : accepted;
    }

    private static Decision<DealEvent> Pay(PayDeal pay, DealTerms terms, bool ordered, PaymentOrdered next)
    {
        if (pay.BuyerId != terms.BuyerId) return DealRefusal.NotYourStep;
        return ordered ? DealRefusal.PaymentOnItsWay : next;
    }

    private static Decision<DealEvent> Paid(Deal.Unpaid unpaid, RecordPayment record, DateTimeOffset now)
    {
        if (!unpaid.Ordered || record.Attempt != unpaid.Attempt) return Decision<DealEvent>.Nothing;
        if (record.Missing is null) return new DealPaid(unpaid.Terms.Amount, HandoverBy(unpaid.Terms, now), now);
        var failed = new PaymentFailed(record.Attempt, record.Missing.Value, now);
        return now >= unpaid.By ? new DealEvent[] { failed, Default(unpaid.Terms, DealDefault.NotPaid, now) } : failed;
    }

    private static Decision<DealEvent> ToppedUp(Deal.Underpaid under, RecordPayment record, DateTimeOffset now)
    {
        if (!under.Ordered || record.Attempt != under.Attempt) return Decision<DealEvent>.Nothing;
        var (terms, sums) = (under.Terms, under.Sums);
        if (record.Missing is null)
            return new DealEvent[] { new TopUpPaid(sums.Missing, now), new DealSettled(DealArithmetic.Sums(terms, sums.Net, sums.Payable, sums.Paid + sums.Missing, now), now) };
        var failed = new PaymentFailed(record.Attempt, record.Missing.Value, now);
        return now >= under.By ? new DealEvent[] { failed, Unfinished(under, now) } : failed;
    }

    private static Decision<DealEvent> PickUp(Deal.Handover handover, ProposePickUp propose, DateTimeOffset now)
    {
        var terms = handover.Terms;
        if (!terms.IsParty(propose.Organisation)) return DealRefusal.NotYourStep;
        if (handover.Loaded) return DealRefusal.AlreadyLoaded;
        var (first, last) = (Later(terms.PickUpFrom, FactText.DayOf(now)), FactText.DayOf(handover.By!.Value.AddTicks(-1)));
        if (propose.Day < first || propose.Day > last) return new Refusal(DealRefusal.PickUpOutside, Day(first), Day(last)).About("day");
        if (handover.ProposedBy is { } other && other != propose.Organisation && handover.Proposed == propose.Day) return new PickUpAgreed(propose.Day, now);
        if (handover.ProposedBy is null ? handover.Agreed == propose.Day : handover.Proposed == propose.Day) return new Refusal(DealRefusal.AlreadyProposed).About("day");
        return handover.Proposals < Proposals ? new PickUpProposed(propose.Organisation, propose.Day, now) : new Refusal(DealRefusal.TooManyProposals, Proposals).About("day");
    }

    private static Decision<DealEvent> Load(Deal.Handover handover, RecordLoading loading, DateTimeOffset now)
    {
        if (!handover.Terms.IsParty(loading.Organisation)) return DealRefusal.NotYourStep;
        if (handover.Agreed is null) return DealRefusal.PickUpNotAgreed;
        if (handover.Loads >= Loads) return new Refusal(DealRefusal.TooManyLoads, Loads);
        return Unfit(loading.Vehicle, "vehicle", TicketLength, lines: false) is { } unfit ? unfit : new GoodsLoaded(loading.Vehicle.Trim(), now, loading.Organisation);
    }

    private static Decision<DealEvent> Weigh(Deal.Handover handover, RecordWeighing said, DateTimeOffset now)
    {
        var terms = handover.Terms;
        if (said.BuyerId != terms.BuyerId) return DealRefusal.NotYourStep;
        if (!handover.MayWeigh) return DealRefusal.NotLoaded;
        if ((Unfit(said.Ticket, "ticket", TicketLength, lines: false) ?? Unfit(said.Vehicle, "vehicle", TicketLength, lines: false)) is { } unfit) return unfit;
        if (said.Gross <= said.Tare) return new Refusal(DealRefusal.NetNotPositive).About("gross_kg");
        if (handover.Weighings.Count + handover.Voids >= Weighings) return new Refusal(DealRefusal.TooManyWeighings, Weighings);
        if (handover.Weighings.Any(one => one.Ticket == said.Ticket.Trim())) return new Refusal(DealRefusal.TicketTaken).About("ticket");

        var weighing = new Weighing(said.Gross, said.Tare, said.Moisture, said.Contamination, said.Ticket.Trim(), said.Vehicle.Trim(), now);
        var total = handover.Weighings.Aggregate((Int128)weighing.Net.Grams, (sum, one) => sum + one.Net.Grams);
        if (total > Mass.Greatest.Grams || !LotPublishing.Fits(Mass.FromGrams((long)total), terms.Price)) return new Refusal(DealRefusal.AmountTooLarge).About("gross_kg");
        return new GoodsWeighed(weighing, DealArithmetic.Of(terms, weighing), now);
    }

    private static Decision<DealEvent> Void(Deal.Handover handover, VoidWeighing gone, DateTimeOffset now)
    {
        if (gone.BuyerId != handover.Terms.BuyerId) return DealRefusal.NotYourStep;
        if (Unfit(gone.Reason, "reason", ReasonLength, lines: true) is { } unfit) return unfit;
        return handover.Weighings.Any(one => one.Ticket == gone.Ticket.Trim()) ? new WeighingVoided(gone.Ticket.Trim(), gone.Reason.Trim(), now) : new Refusal(DealRefusal.TicketUnknown).About("ticket");
    }

    private static Decision<DealEvent> End(Deal.Handover handover, DateTimeOffset now)
    {
        if (handover.Weighings.Count == 0) return DealRefusal.NothingWeighed;
        var sums = SumsOf(handover.Terms, handover.Weighings, now);
        return DealArithmetic.IsWithinTolerance(handover.Terms, sums.Goods)
            ? Finish(handover.Terms, handover.Attempt, sums, now)
            : new ReceiptEnded(sums, WorkDays.After(now, DealRules.AnswerDays), now);
    }

    /// <summary>What the goods cost beyond what was paid is taken from the buyer's available money at once, if it is there.</summary>
    private static Decision<DealEvent> Finish(DealTerms terms, int attempt, SettlementSums sums, DateTimeOffset now, params DealEvent[] before) => sums.Missing.MinorUnits > 0
        ? (DealEvent[])[.. before, new TopUpDue(sums, WorkDays.After(now, DealRules.TopUpDays), now), new PaymentOrdered(attempt + 1, sums.Missing, IsTopUp: true, now)]
        : (DealEvent[])[.. before, new DealSettled(sums, now)];

    private static Decision<DealEvent> Dispute(RaiseDispute dispute, DealTerms terms, bool may, DateTimeOffset now)
    {
        if (!may) return DealRefusal.NotYourStep;
        return Unfit(dispute.Reason, "reason", ReasonLength, lines: true) is { } unfit ? unfit : new DisputeRaised(dispute.Organisation, dispute.Reason.Trim(), now, DecideBy(terms, now));
    }

    private static Decision<DealEvent> Evidence(Deal.Disputed disputed, AddEvidence evidence, DateTimeOffset now)
    {
        if (!disputed.Terms.IsParty(evidence.Organisation)) return DealRefusal.NotYourStep;
        if (disputed.EvidenceOf(evidence.Organisation) >= EvidencePieces) return new Refusal(DealRefusal.TooMuchEvidence, EvidencePieces);
        return Unfit(evidence.Text, "text", ReasonLength, lines: true) is { } unfit ? unfit : new EvidenceAdded(evidence.Organisation, evidence.Text.Trim(), evidence.Photos, now, evidence.Documents);
    }

    private static Decision<DealEvent> DecideOn(Deal.Disputed disputed, DecideDispute decide, DateTimeOffset now)
    {
        var terms = disputed.Terms;
        if (Unfit(decide.Reason, "reason", ReasonLength, lines: true) is { } unfit) return unfit;
        var (sums, refusal) = SumsOf(disputed, decide.Payable, now);
        if (refusal is not null) return refusal;
        var decided = new DisputeDecided(decide.Payable, decide.Reason.Trim(), now);
        return decide.Payable == Mass.Zero
            ? new DealEvent[] { decided, CancelledEvent(DealCancellation.NothingDelivered, terms, refunded: true, now) }
            : Finish(terms, disputed.Attempt, sums!, now, decided);
    }

    /// <summary>What a disputed deal comes to if the operator decides so, or why he may not.</summary>
    /// <param name="payable">As in <see cref="DecideDispute"/>.</param>
    public static (SettlementSums? Sums, Refusal? Refusal) Foresee(Deal deal, Mass? payable, DateTimeOffset now) => deal switch
    {
        Deal.Disputed disputed => SumsOf(disputed, payable, now),
        Deal.Unopened => (null, DealRefusal.DealNotFound),
        Deal.Settled or Deal.Cancelled or Deal.Defaulted => (null, new Refusal(DealRefusal.DealOver, StageOf(deal))),
        _ => (null, new Refusal(DealRefusal.NotAtThisStage, StageOf(deal))),
    };

    /// <summary>No more can be paid for than was sold, or weighed where that is more.</summary>
    private static (SettlementSums? Sums, Refusal? Refusal) SumsOf(Deal.Disputed disputed, Mass? payable, DateTimeOffset now)
    {
        var (terms, weighings) = (disputed.Terms, disputed.Weighings);
        if (payable is null && weighings.Count == 0) return (null, DealRefusal.NothingWeighed);

        var byScale = SumsOf(terms, weighings, now);
        if (payable is not { } said) return (byScale, null);
        var most = terms.Mass > byScale.Net ? terms.Mass : byScale.Net;
        return said > most ? (null, new Refusal(DealRefusal.PayableTooLarge, most).About("payable_kg")) : (DealArithmetic.Sums(terms, byScale.Net, said, terms.Amount, now), null);
    }

    private static Decision<DealEvent> Lapse(Deal.Opened deal, DateTimeOffset now)
    {
        if (deal.LapsesAt is not { } by) return Decision<DealEvent>.Nothing;
        if (now < by) return new Refusal(DealRefusal.NotYetDue, by);
        return deal switch
        {
            Deal.Offered => Cancelled(DealCancellation.OfferDeclined, deal.Terms, refunded: false, now),
            Deal.Standstill { Complained: true } => new DecisionOverdue(Complaint: true, by, now),
            Deal.Standstill => new ContractOffered(WorkDays.After(now, DealRules.ContractDays), now),
            Deal.Contract { SellerAccepted: true } => Default(deal.Terms, DealDefault.ContractNotAccepted, now),
            Deal.Contract => Cancelled(DealCancellation.SellerDidNotAccept, deal.Terms, refunded: false, now),
            Deal.Unpaid { Ordered: false } => Default(deal.Terms, DealDefault.NotPaid, now),
            Deal.Handover { Weighings.Count: > 0 } handover => End(handover, now),
            Deal.Handover => new DisputeRaised(Organisation: null, "", now, DecideBy(deal.Terms, now)),
            Deal.Disputed => new DecisionOverdue(Complaint: false, by, now),
            Deal.Received received => Finish(received.Terms, received.Attempt, SumsOf(received.Terms, received.Weighings, now), now),

            // What has come at the last moment is not passed over.
            Deal.Underpaid { Ordered: false } under => TopUp(under, now),

            // A payment is on its way: its outcome decides.
            _ => Decision<DealEvent>.Nothing,
        };
    }

    private static PaymentOrdered TopUp(Deal.Underpaid under, DateTimeOffset now) => new(under.Attempt + 1, under.Sums.Missing, IsTopUp: true, now);

    /// <summary>The buyer has not paid the rest: the seller gets what there is.</summary>
    private static DealSettled Unfinished(Deal.Underpaid under, DateTimeOffset now) => new(DealArithmetic.Sums(under.Terms, under.Sums.Net, under.Sums.Payable, under.Sums.Paid, now), now);

    private static SettlementSums SumsOf(DealTerms terms, EqualList<Weighing> weighings, DateTimeOffset now) => DealArithmetic.Sums(terms, weighings, terms.Amount, now);

    private static DealDefaulted Default(DealTerms terms, DealDefault failure, DateTimeOffset now)
    {
        var guarantee = terms.Guarantee?.Amount ?? new Money(0, terms.Amount.Currency);
        var parts = Split.Of(guarantee, new SplitPart(terms.Rules.Forfeited));
        return new(failure, ToSeller: parts[0], ToPlatform: parts[1], now);
    }

    private static Decision<DealEvent> Cancelled(DealCancellation reason, DealTerms terms, bool refunded, DateTimeOffset now) => CancelledEvent(reason, terms, refunded, now);

    private static DealCancelled CancelledEvent(DealCancellation reason, DealTerms terms, bool refunded, DateTimeOffset now) =>
        new(reason, refunded ? terms.Amount : new Money(0, terms.Amount.Currency), now);

    private static DateTimeOffset HandoverBy(DealTerms terms, DateTimeOffset now) => WorkDays.After(FactText.StartOf(Later(terms.PickUpTo, FactText.DayOf(now))), DealRules.HandoverDays);

    private static DateTimeOffset DecideBy(DealTerms terms, DateTimeOffset now) => WorkDays.After(now, terms.Rules.DecisionDays ?? DealRules.UsualDecisionDays);

    private static Refusal? Unfit(string text, string field, int most, bool lines) =>
        (string.IsNullOrWhiteSpace(text) ? new Refusal(DealRefusal.ReasonMissing)
        : text.Trim().Length > most ? new Refusal(DealRefusal.TextTooLong, most)
        : LotPublishing.IsPlain(text, lines) ? null
        : new Refusal(DealRefusal.TextNotPlain))?.About(field);

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
