using Ainalym.Identity.Notices;
using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Settlement.Documents;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Payouts;

namespace Ainalym.Front.Notices;

/// <summary>Tells organisations of what concerns them and was not done by themselves, or waits for them: deals, money in, money out.</summary>
internal sealed class NoticesProjection() : Projection("front/notices")
{
    public override IReadOnlyList<string> Tables => [NoticeRows.Table, NoticeRows.Complainants, InvoiceBook.Table];

    public override void Apply(Writing writing, IReadOnlyList<Envelope> events)
    {
        var deals = DealRows.PartiesOf(writing, [.. events.Where(envelope => envelope.Event is DealEvent).Select(envelope => envelope.Id).Distinct(StringComparer.Ordinal)]);
        var payouts = PayoutRows.OwnersOf(writing, [.. events.Where(envelope => envelope.Event is PayoutEvent).Select(envelope => envelope.Id).Distinct(StringComparer.Ordinal)]);
        var moved = EntryRows.FactsOf(writing, [.. events.Where(envelope => envelope.Event is EntryAssigned).Select(envelope => envelope.Id)]);
        var invoices = InvoiceBook.Open(writing, [.. events.Select(envelope => InvoiceIn(envelope, moved)).OfType<string>().Distinct(StringComparer.Ordinal)]);
        foreach (var envelope in events)
            if (envelope.Event is ComplaintFiled filed) NoticeRows.Complained(writing, envelope.Id, filed.Organisation);
        var complainants = NoticeRows.ComplainantsOf(writing, [.. events.Where(envelope => envelope.Event is ComplaintFiled or ComplaintDismissed or ComplaintUpheld or DecisionOverdue { Complaint: true }).Select(envelope => envelope.Id)]);
        var operators = events.Any(envelope => envelope.Event is ComplaintFiled or DisputeRaised or DecisionOverdue) ? NoticeRows.Operators(writing) : [];
        var named = DocumentSeriesRows.PartiesOf(writing, [.. events.Where(envelope => envelope.Event is NumberVoided).Select(envelope => (envelope.Id, ((NumberVoided)envelope.Event).Number))]);
        NoticeRows.Add(writing, [.. events.SelectMany(envelope => Told(envelope, deals, payouts, operators).Concat(OfMoney(envelope, moved, invoices)).Concat(ToComplainant(envelope, deals, complainants)).Concat(OfDocument(envelope, named)).Select(notice => (envelope, notice)))]);
        invoices.Save(writing);
    }

    /// <summary>The invoice, by its number in full, whose standing the event may change.</summary>
    private static string? InvoiceIn(Envelope envelope, IReadOnlyDictionary<string, EntryFacts> moved) => envelope.Event switch
    {
        EntryBooked e => e.Facts.Invoice,
        EntryAssigned => First(moved[envelope.Id], moved).Invoice,
        NumberVoided e => DocumentSeriesNames.Full(envelope.Id, e.Number),
        DocumentIssued { InPlaceOf: { } old } => DocumentSeriesNames.Full(envelope.Id, old),
        _ => null,
    };

    /// <summary>Where it began: what is undone by this, or by what this undoes.</summary>
    private static EntryFacts First(EntryFacts facts, IReadOnlyDictionary<string, EntryFacts> moved)
    {
        // A rail that tells two movements to undo each other is not followed for ever.
        for (var n = 0; n < moved.Count && facts.UndoesId is { } undone && moved.TryGetValue(undone, out var before); n++) facts = before;
        return facts;
    }

    /// <summary>Money that came in, or was taken back. Who paid an invoice is told whether it is paid now.</summary>
    private static IEnumerable<Notice> OfMoney(Envelope envelope, IReadOnlyDictionary<string, EntryFacts> moved, InvoiceBook invoices)
    {
        switch (envelope.Event)
        {
            case DocumentIssued e:
                invoices.Issued(envelope.Id, e);
                return [];
            case NumberVoided e:
                invoices.Voided(envelope.Id, e);
                return [];
            case EntryBooked { Standing: EntryStanding.Matched, Organisation: { } organisation } e:
                return [ForInvoice(organisation, e.Facts.Amount, invoices.Paid(e.Facts, e.Facts.Amount, organisation)) ?? new(organisation, "money-in", "/my/wallet", e.Facts.Amount)];
            case EntryAssigned e:
                var facts = moved[envelope.Id];
                var invoice = invoices.Paid(First(facts, moved), facts.Moved, e.Organisation);
                if (!facts.IsCredit) return [new(e.Organisation, "money-taken-back", "/my/wallet", facts.Amount)];
                return [ForInvoice(e.Organisation, facts.Amount, invoice) ?? new(e.Organisation, "money-assigned-amount", "/my/wallet", facts.Amount)];
            default:
                return [];
        }
    }

    private static Notice? ForInvoice(Guid organisation, Money amount, InvoiceStanding? invoice)
    {
        if (invoice is null) return null;
        var link = $"/documents/{invoice.Document:N}";
        return invoice switch
        {
            { Missing.MinorUnits: > 0 } => new(organisation, "invoice-short", link, amount, invoice.Invoice, invoice.Missing),
            { Over.MinorUnits: > 0 } => new(organisation, "invoice-over", link, amount, invoice.Invoice, invoice.Over),
            _ => new(organisation, "invoice-paid", link, amount, invoice.Invoice),
        };
    }

    /// <summary>Whoever a paper names is told when it stands for nothing any more, and what stands in its place.</summary>
    private static IEnumerable<Notice> OfDocument(Envelope envelope, ILookup<(string Series, long Number), (Guid Organisation, string DocumentId)> named) => envelope.Event switch
    {
        NumberVoided e => named[(envelope.Id, e.Number)].Select(party => new Notice(party.Organisation, "document-voided", $"/documents/{party.DocumentId}", Full(envelope.Id, e.Number), e.Reason)),
        DocumentIssued { InPlaceOf: { } old } e => e.Content.Parties.Select(party => party.Organisation).OfType<Guid>().Distinct()
            .Select(organisation => new Notice(organisation, "document-replaced", $"/documents/{e.Document:N}", Full(envelope.Id, e.Number), Full(envelope.Id, old))),
        _ => [],
    };

    private static Fact Full(string series, long number) => DocumentSeriesNames.Full(series, number);

    /// <summary>A bidder who complained may not see the deal; he is told of it by the lot.</summary>
    private static IEnumerable<Notice> ToComplainant(Envelope envelope, IReadOnlyDictionary<string, DealParties> deals, IReadOnlyDictionary<string, Guid> complainants)
    {
        if (!complainants.TryGetValue(envelope.Id, out var who) || who == deals[envelope.Id].Seller) return [];
        var link = $"/lots/{deals[envelope.Id].Lot:N}";
        return envelope.Event switch
        {
            ComplaintFiled { DecideBy: { } by } => [new(who, "complaint-filed-own", link, by)],
            ComplaintDismissed e => [new(who, "complaint-dismissed-own", link, e.Reason)],
            ComplaintUpheld e => [new(who, "complaint-upheld-own", link, e.Reason)],
            DecisionOverdue { Complaint: true } e => [new(who, "decision-overdue-own", link, e.By)],
            _ => [],
        };
    }

    private static IEnumerable<Notice> Told(Envelope envelope, IReadOnlyDictionary<string, DealParties> deals, IReadOnlyDictionary<string, Guid> payouts, IReadOnlyList<Guid> operators) => envelope.Event switch
    {
        DealEvent e => OfDeal(e, deals[envelope.Id], $"/deals/{envelope.Id}", operators),
        PayoutEvent e => OfPayout(e, payouts[envelope.Id]),
        PayoutAccountNamed e => [new(Guid.ParseExact(envelope.Id, "N"), "payout-account-named", "/my/payouts", e.Account.ToString(), e.From)],
        PayoutAccountWithdrawn => [new(Guid.ParseExact(envelope.Id, "N"), "payout-account-withdrawn", "/my/payouts")],
        _ => [],
    };

    /// <param name="operators">Who has to decide.</param>
    internal static IEnumerable<Notice> OfDeal(DealEvent @event, DealParties parties, string link, IReadOnlyList<Guid> operators)
    {
        var (seller, buyer, _) = parties;
        return @event switch
        {
            DealOpened e => [new(seller, "deal-sold", link, e.Terms.Amount), new(buyer, "deal-won", link, e.Terms.Amount)],
            DealOffered e => [new(buyer, "deal-offered", link, e.Terms.Amount, e.By)],
            ComplaintFiled e => [.. Both("complaint-filed"), .. ToOperators("decision-due", e.DecideBy)],
            ComplaintDismissed e => Both("complaint-dismissed", e.Reason),
            ComplaintUpheld e => Both("complaint-upheld", e.Reason),
            DeadlineExtended e => Both("deadline-extended", e.By),
            ContractOffered e => Both("contract-offered", e.By),
            ContractAccepted e => [new(Other(e.Organisation), "contract-accepted", link)],
            PaymentDue e => [new(buyer, "payment-due", link, e.Amount, e.By)],
            PaymentFailed e => [new(buyer, "payment-failed", link, e.Missing)],
            DealPaid e => [new(seller, "deal-paid", link, e.Amount)],
            PickUpProposed e => [new(Other(e.Organisation), "pick-up-proposed", link, Day(e.Day))],
            PickUpAgreed e => Both("pick-up-agreed", Day(e.Day)),
            GoodsLoaded { Organisation: { } who } e when who == buyer => [new(seller, "goods-loaded-seller", link, e.Vehicle)],
            GoodsLoaded e => [new(buyer, "goods-loaded", link, e.Vehicle)],
            GoodsWeighed e => [new(seller, "goods-weighed", link, e.Result.Net)],
            WeighingVoided e => [new(seller, "weighing-voided", link, e.Ticket)],
            ReceiptEnded e => [new(seller, "receipt-ended", link, e.By)],
            DisputeRaised { Organisation: { } who } e => [new(Other(who), "dispute-raised", link), .. ToOperators("decision-due", e.DecideBy)],
            DisputeRaised e => [.. Both("handed-over-late"), .. ToOperators("decision-due", e.DecideBy)],
            DecisionOverdue e => [.. Both("decision-overdue", e.By), .. ToOperators("decision-overdue-operator", e.By)],
            EvidenceAdded e => [new(Other(e.Organisation), "evidence-added", link)],
            DisputeDecided e => Both("dispute-decided", e.Reason),
            HandoverResumed e => Both("handover-resumed", e.By),
            TopUpDue e => [new(buyer, "top-up-due", link, e.Sums.Missing, e.By)],
            DealSettled e => [new(seller, "deal-settled-seller", link, e.Sums.Proceeds), new(buyer, "deal-settled-buyer", link, e.Sums.Refund)],
            DealCancelled => Both("deal-cancelled"),
            DealDefaulted e => [new(seller, "deal-defaulted-seller", link, e.ToSeller), new(buyer, "deal-defaulted-buyer", link)],
            _ => [],
        };

        // A wait from before decisions had a deadline was seen on the desk only.
        IEnumerable<Notice> ToOperators(string kind, DateTimeOffset? by) => by is { } due ? operators.Select(one => new Notice(one, kind, link, due)) : [];

        Guid Other(Guid organisation) => organisation == seller ? buyer : seller;

        Notice[] Both(string kind, params Fact[] facts) => [new(seller, kind, link, facts), new(buyer, kind, link, facts)];
    }

    internal static IEnumerable<Notice> OfPayout(PayoutEvent @event, Guid organisation) => @event switch
    {
        PayoutOrdered e => [new(organisation, "payout-ordered", "/my/payouts", e.Facts.Amount, e.Facts.To.ToString())],
        PayoutPaid => [new(organisation, "payout-paid", "/my/payouts")],
        PayoutReturned { Charge: { } kept } e => [new(organisation, "payout-returned-less", "/my/payouts", kept, e.Reason)],
        PayoutReturned e => [new(organisation, "payout-returned", "/my/payouts", e.Reason)],
        PayoutWithdrawn => [new(organisation, "payout-withdrawn", "/my/payouts")],
        PayoutFailed => [new(organisation, "payout-failed", "/my/payouts")],
        _ => [],
    };

    private static Fact Day(DateOnly day) => day.ToString("dd.MM.yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
