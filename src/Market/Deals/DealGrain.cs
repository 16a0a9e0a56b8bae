using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Market.Deals;

public static class DealGrain
{
    /// <summary>The reminder of whatever runs out next.</summary>
    public const string DeadlineReminder = "deadline";

    /// <summary>A deal: one stream, one grain. The name is stored with every event and never changes.</summary>
    public static readonly GrainKind<Deal, DealCommand, DealEvent, DealRefusal> Kind = new(
        Name: "market/deal",
        Initial: Deal.Initial,
        Decide: DealDecider.Decide,
        Permission: DealPermissions.For,
        Events:
        [
            EventName.Of("market.deal-opened.v1", DealJson.Readable.DealOpened),
            EventName.Of("market.deal-offered.v1", DealJson.Readable.DealOffered),
            EventName.Of("market.complaint-filed.v1", DealJson.Readable.ComplaintFiled),
            EventName.Of("market.complaint-dismissed.v1", DealJson.Readable.ComplaintDismissed),
            EventName.Of("market.complaint-upheld.v1", DealJson.Readable.ComplaintUpheld),
            EventName.Of("market.deadline-extended.v1", DealJson.Default.DeadlineExtended),
            EventName.Of("market.contract-offered.v1", DealJson.Default.ContractOffered),
            EventName.Of("market.contract-accepted.v1", DealJson.Default.ContractAccepted),
            EventName.Of("market.payment-due.v1", DealJson.Default.PaymentDue),
            EventName.Of("market.payment-ordered.v1", DealJson.Default.PaymentOrdered),
            EventName.Of("market.payment-failed.v1", DealJson.Default.PaymentFailed),
            EventName.Of("market.deal-paid.v1", DealJson.Default.DealPaid),
            EventName.Of("market.pick-up-proposed.v1", DealJson.Default.PickUpProposed),
            EventName.Of("market.pick-up-agreed.v1", DealJson.Default.PickUpAgreed),
            EventName.Of("market.goods-loaded.v1", DealJson.Readable.GoodsLoaded),
            EventName.Of("market.goods-weighed.v1", DealJson.Readable.GoodsWeighed),
            EventName.Of("market.weighing-voided.v1", DealJson.Readable.WeighingVoided),
            EventName.Of("market.receipt-ended.v1", DealJson.Default.ReceiptEnded),
            EventName.Of("market.dispute-raised.v1", DealJson.Readable.DisputeRaised),
            EventName.Of("market.decision-overdue.v1", DealJson.Default.DecisionOverdue),
            EventName.Of("market.evidence-added.v1", DealJson.Readable.EvidenceAdded),
            EventName.Of("market.dispute-decided.v1", DealJson.Readable.DisputeDecided),
            EventName.Of("market.handover-resumed.v1", DealJson.Readable.HandoverResumed),
            EventName.Of("market.top-up-due.v1", DealJson.Default.TopUpDue),
            EventName.Of("market.top-up-paid.v1", DealJson.Default.TopUpPaid),
            EventName.Of("market.deal-settled.v1", DealJson.Default.DealSettled),
            EventName.Of("market.deal-cancelled.v1", DealJson.Default.DealCancelled),
            EventName.Of("market.deal-defaulted.v1", DealJson.Default.DealDefaulted),
        ],
        Commands: DealJson.Default.DealCommand,
        Rows: DealRows.From,
        RowTables: [DealRows.Deals],
        Said: command => command switch { FileComplaint complaint => complaint with { HasBid = false }, OpenDeal open => open with { Terms = AsAwarded(open.Terms) }, OfferToSecond offer => offer with { Terms = AsAwarded(offer.Terms) }, _ => command },
        OnReminder: (commandId, _, due) => new LapseDeadline(commandId, due),
        Snapshot: DealJson.Default.Deal,
        SnapshotFormatNumber: 3,
        RefusalsRemembered: true);

    /// <summary>Without the house's rules and what is held, which may be others when the same is said again.</summary>
    private static DealTerms AsAwarded(DealTerms terms) => terms with { Rules = new(default, default, EqualList<DeductionBand>.Empty, EqualList<DeductionBand>.Empty), Guarantee = null };
}
