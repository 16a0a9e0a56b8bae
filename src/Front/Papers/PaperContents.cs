using Ainalym.Contracts.Settlement;
using Ainalym.Identity.Organisations;
using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Settlement.Documents;

namespace Ainalym.Front.Papers;

/// <summary>What the documents of deals say: each follows from the terms and from what has happened, and is frozen when it is issued.</summary>
internal sealed class PaperContents(OrganisationQueries organisations, string platform, Bin? bin)
{
    /// <summary>Of the texts that documents are issued with now. What was issued with an earlier one keeps its texts.</summary>
    public const int Edition = 2;

    public async Task<DocumentContent> Receipt(TransferId hold, Guid bidder, string lot, Money amount, CancellationToken ct) => Of(
        [await Party("bidder", bidder, ct), Platform], amount, new DocumentSection("guarantee", new([new("lot", lot), new("hold", hold.ToString()), new("guarantee", amount)])));

    /// <summary>Of which hold a document is the receipt; null where of none, or where it was issued before receipts said it.</summary>
    public static TransferId? HoldOf(DocumentContent content) => content.Sections is [{ Heading: "guarantee" } section] && section.Facts.FirstOrDefault(fact => fact.Label == "hold") is { } hold ? TextValue.Parse<TransferId>(hold.Value.Value) : null;

    /// <summary>The same before it is issued, as a draft, and then.</summary>
    public async Task<DocumentContent> Contract(Guid deal, DealTerms terms, CancellationToken ct) => Of(
        await Parties(terms, ct), terms.Amount,
        new DocumentSection("goods", new(
        [
            Deal(deal), new("lot", terms.LotId.ToString("N")), new("grade", terms.Grade.ToString()), new("waste-code", terms.WasteCode.ToString()), new("mass", terms.Mass),
            new("moisture", terms.Moisture), new("contamination", terms.Contamination), new("region", terms.Region.Code), new("place", terms.Place), new("pick-up-from", Day(terms.PickUpFrom)), new("pick-up-to", Day(terms.PickUpTo)),
        ])),
        new DocumentSection("price", new([new("price", terms.Price), new("award", terms.Amount), new("tolerance", terms.Rules.Tolerance)])),
        new DocumentSection("deadlines", new(
        [
            new("days-to-pay", DealRules.PaymentDays), new("days-to-hand-over", DealRules.HandoverDays), new("days-to-answer", DealRules.AnswerDays), new("days-to-top-up", DealRules.TopUpDays), new("days-to-decide", terms.Rules.DecisionDays ?? DealRules.UsualDecisionDays),
        ])),
        Deductions("deductions-moisture", terms.Rules.Moisture), Deductions("deductions-contamination", terms.Rules.Contamination));

    /// <summary>What was weighed, and what of it is paid for; with the decision, where one was made before.</summary>
    public async Task<DocumentContent> Act(Guid deal, DealTerms terms, SettlementSums sums, IReadOnlyList<DealEvent> history, CancellationToken ct) => Of(
        await Parties(terms, ct), sums.Goods,
        [
            new DocumentSection("weighings", new([Deal(deal), new("grade", terms.Grade.ToString()), new("waste-code", terms.WasteCode.ToString()), new("mass", terms.Mass)]), Weighed(terms, Ainalym.Market.Deals.Deal.WeighingsOf(history))),
            .. Decided(history),
            new DocumentSection("accepted", new([new("net", sums.Net), new("payable", sums.Payable), new("price", terms.Price), new("goods", sums.Goods)])),
        ]);

    /// <summary>Goods = paid − refund + missing, and paid = refund + fee + VAT + proceeds.</summary>
    public async Task<DocumentContent> Statement(Guid deal, DealTerms terms, SettlementSums sums, IReadOnlyList<DealEvent> history, CancellationToken ct)
    {
        var toppedUp = history.OfType<TopUpPaid>().FirstOrDefault();
        return Of(
            await Parties(terms, ct), sums.Paid,
            [
                .. Decided(history),
                new DocumentSection("settlement", new(
                [
                    Deal(deal), new("payable", sums.Payable), new("price", terms.Price), new("goods", sums.Goods), new("paid", sums.Paid),
                    .. toppedUp is null ? [] : (DocumentFact[])[new("top-up-paid", toppedUp.Amount)],
                    .. sums.Missing.MinorUnits == 0 ? [] : (DocumentFact[])[new("missing", sums.Missing)],
                    new("refund", sums.Refund),
                ])),
                Fee(sums, []),
                new DocumentSection("shares", new([new("fee", sums.Fee), new("vat-rate", sums.VatRate.Rate), new("vat", sums.Vat), new("proceeds", sums.Proceeds)])),
            ]);
    }

    public async Task<DocumentContent> Invoice(Guid deal, DealTerms terms, SettlementSums sums, CancellationToken ct) => Of(
        [Platform, await Party("seller", terms.SellerId, ct)], sums.Fee + sums.Vat,
        Fee(sums, [Deal(deal)]), new DocumentSection("total", new([new("fee", sums.Fee), new("vat-rate", sums.VatRate.Rate), new("vat", sums.Vat), new("total", sums.Fee + sums.Vat)])));

    /// <summary>A guarantee that was lost: to whom it went.</summary>
    public async Task<DocumentContent> Forfeit(Guid deal, DealTerms terms, DealGuarantee guarantee, DealDefaulted lost, CancellationToken ct) => Of(
        [.. await Parties(terms, ct), Platform], guarantee.Amount,
        new DocumentSection("forfeit", new(
        [
            Deal(deal), new("default", KebabCase.Name(lost.Failure)), new("hold", guarantee.Hold.ToString()), new("guarantee", guarantee.Amount), new("forfeit-to-seller", lost.ToSeller), new("forfeit-to-platform", lost.ToPlatform),
        ])));

    /// <summary>A deal that came to nothing after it was paid.</summary>
    public async Task<DocumentContent> Refund(Guid deal, DealTerms terms, DealCancelled cancelled, IReadOnlyList<DealEvent> history, CancellationToken ct) => Of(
        await Parties(terms, ct), cancelled.Refund,
        [
            .. Decided(history),
            new DocumentSection("refund", new([Deal(deal), new("cancellation", KebabCase.Name(cancelled.Reason)), new("paid", terms.Amount), new("refund", cancelled.Refund)])),
        ]);

    /// <summary>The same parties as they are registered now.</summary>
    public async Task<EqualList<DocumentParty>> Named(EqualList<DocumentParty> parties, CancellationToken ct) =>
        new([.. await Task.WhenAll(parties.Select(async party => party.Organisation is { } id ? await Party(party.Role, id, ct) : Platform with { Role = party.Role }))]);

    public static DocumentTable Weighed(DealTerms terms, IEnumerable<Weighing> weighings) => new(
        new(["ticket", "vehicle", "weighed-at", "gross", "tare", "net", "moisture", "contamination", "deducted", "payable"]),
        new([.. weighings.Select(weighing => (weighing, Result: DealArithmetic.Of(terms, weighing))).Select(load => new EqualList<Fact>(
        [
            load.weighing.Ticket, load.weighing.Vehicle, load.weighing.At, load.weighing.Gross, load.weighing.Tare, load.Result.Net, load.weighing.Moisture, load.weighing.Contamination, load.Result.Deducted,
            load.Result.Payable,
        ]))]));

    /// <summary>The house itself.</summary>
    public DocumentParty Platform => new("platform", Organisation: null, platform, bin);

    private async Task<DocumentParty[]> Parties(DealTerms terms, CancellationToken ct) => [await Party("seller", terms.SellerId, ct), await Party("buyer", terms.BuyerId, ct)];

    private async Task<DocumentParty> Party(string role, Guid id, CancellationToken ct)
    {
        // One that is not there any more is called by its id: its deals still have their documents.
        var organisation = await organisations.ById(id, ct);
        return new(role, id, organisation?.Name ?? id.ToString("N"), organisation?.Bin);
    }

    private static DocumentContent Of(DocumentParty[] parties, Money total, params DocumentSection[] sections) => new(Edition, new([.. parties]), new([.. sections]), total);

    private static DocumentFact Deal(Guid deal) => new("deal", deal.ToString("N"));

    private static DocumentSection Fee(SettlementSums sums, DocumentFact[] facts) => new(
        "fee", new([.. facts]), new(new(["fee-of", "fee-rate", "fee"]), new([.. sums.FeeLines.Select(line => new EqualList<Fact>([line.Of, line.Rate, line.Fee]))])));

    private static DocumentSection[] Decided(IReadOnlyList<DealEvent> history) => history.OfType<DisputeDecided>().SingleOrDefault() is not { } decided ? [] :
    [
        new DocumentSection("decision", new([.. decided.Payable is { } mass ? (DocumentFact[])[new("decided-mass", mass)] : [], new("decision", decided.Reason)])),
    ];

    private static DocumentSection Deductions(string heading, EqualList<DeductionBand> bands) => new(
        heading, EqualList<DocumentFact>.Empty,
        new(new(["excess", "points"]), new([.. bands.Select(band => new EqualList<Fact>([band.UpTo is { } upTo ? (Fact)upTo : "—", band.Factor.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)]))])));

    private static Fact Day(DateOnly day) => day.ToString("dd.MM.yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
