using Ainalym.Identity.Organisations;
using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Settlement.Documents;

namespace Ainalym.Front.Papers;

/// <summary>Issues the documents of deals: what a document says follows from the deal's events up to it, and is frozen with it.</summary>
internal sealed class DealPapers(DocumentDesk documents, OrganisationQueries organisations, DealQueries deals, string platform) : Follower("front/documents")
{
    public const int Edition = 1;

    public override Task Handle(Envelope envelope, CancellationToken ct) => envelope.Event switch
    {
        DealOpened { Terms.Guarantee: { } guarantee } e => Receipt(envelope, e.Terms, guarantee, ct),
        PaymentDue => Contract(envelope, ct),
        DealSettled e => Settled(envelope, e.Sums, ct),
        _ => Task.CompletedTask,
    };

    /// <summary>One document of each kind for a deal.</summary>
    public static Guid IdOf(DocumentKind kind, Guid deal) => CommandIds.Derived(CommandIds.TimeOf(deal), $"front/document/{KebabCase.Name(kind)}/{deal:N}");

    private async Task Receipt(Envelope envelope, DealTerms terms, DealGuarantee guarantee, CancellationToken ct) => await Issue(
        envelope, DocumentKind.GuaranteeReceipt, [await Party("buyer", terms.BuyerId, ct), Platform], guarantee.Amount, ct,
        new DocumentSection("guarantee", new([.. Of(envelope), new("lot", terms.LotId.ToString("N")), new("award", terms.Amount), new("guarantee", guarantee.Amount)])));

    private async Task Contract(Envelope envelope, CancellationToken ct)
    {
        var terms = (await Deal(envelope, ct)).Terms;
        await Issue(
            envelope, DocumentKind.Contract, [await Party("seller", terms.SellerId, ct), await Party("buyer", terms.BuyerId, ct)], terms.Amount, ct,
            new DocumentSection("goods", new(
            [
                .. Of(envelope), new("lot", terms.LotId.ToString("N")), new("grade", terms.Grade.ToString()), new("waste-code", terms.WasteCode.ToString()), new("mass", terms.Mass),
                new("moisture", terms.Moisture), new("contamination", terms.Contamination), new("region", terms.Region.Code), new("place", terms.Place), new("pick-up-from", Day(terms.PickUpFrom)), new("pick-up-to", Day(terms.PickUpTo)),
            ])),
            new DocumentSection("price", new([new("price", terms.Price), new("award", terms.Amount), new("tolerance", terms.Rules.Tolerance)])),
            Deductions("deductions-moisture", terms.Rules.Moisture), Deductions("deductions-contamination", terms.Rules.Contamination));
    }

    private async Task Settled(Envelope envelope, SettlementSums sums, CancellationToken ct)
    {
        var (terms, weighings) = await Deal(envelope, ct);
        var (seller, buyer) = (await Party("seller", terms.SellerId, ct), await Party("buyer", terms.BuyerId, ct));
        await Task.WhenAll(
            Issue(
                envelope, DocumentKind.AcceptanceAct, [seller, buyer], sums.Goods, ct,
                new DocumentSection("weighings", new([.. Of(envelope), new("grade", terms.Grade.ToString()), new("waste-code", terms.WasteCode.ToString()), new("mass", terms.Mass)]), Weighed(terms, weighings)),
                new DocumentSection("accepted", new([new("net", sums.Net), new("payable", sums.Payable)]))),
            Issue(
                envelope, DocumentKind.SettlementStatement, [seller, buyer], sums.Paid, ct,
                new DocumentSection("settlement", new(
                [
                    .. Of(envelope), new("payable", sums.Payable), new("price", terms.Price), new("goods", sums.Goods), new("paid", sums.Paid), new("refund", sums.Refund), new("fee", sums.Fee), new("vat-rate", sums.VatRate.Rate),
                    new("vat", sums.Vat), new("proceeds", sums.Proceeds),
                ]))),
            Issue(
                envelope, DocumentKind.FeeInvoice, [Platform, seller], sums.Fee + sums.Vat, ct,
                new DocumentSection("fee", new([.. Of(envelope)]), new(new(["fee-of", "fee-rate", "fee"]), new([.. sums.FeeLines.Select(line => new EqualList<Fact>([line.Of, line.Rate, line.Fee]))]))),
                new DocumentSection("total", new([new("fee", sums.Fee), new("vat-rate", sums.VatRate.Rate), new("vat", sums.Vat), new("total", sums.Fee + sums.Vat)]))));
    }

    private Task Issue(Envelope envelope, DocumentKind kind, DocumentParty[] parties, Money total, CancellationToken ct, params DocumentSection[] sections) =>
        documents.Issue(kind, IdOf(kind, Guid.ParseExact(envelope.Id, "N")), envelope.At, envelope.Id, new(Edition, new([.. parties]), new([.. sections]), total), ct);

    private DocumentParty Platform => new("platform", Organisation: null, platform, Bin: null);

    private async Task<DocumentParty> Party(string role, Guid id, CancellationToken ct)
    {
        // One that is not there any more is called by its id: its deals still have their documents.
        var organisation = await organisations.ById(id, ct);
        return new(role, id, organisation?.Name ?? id.ToString("N"), organisation?.Bin);
    }

    private async Task<(DealTerms Terms, IReadOnlyList<Weighing> Weighings)> Deal(Envelope envelope, CancellationToken ct)
    {
        var history = (await deals.History(Guid.ParseExact(envelope.Id, "N"), ct)).Select(recorded => recorded.Event).ToList();
        var terms = history.Select(@event => @event switch { DealOpened e => e.Terms, DealOffered e => e.Terms, _ => null }).OfType<DealTerms>().First();
        return (terms, Ainalym.Market.Deals.Deal.WeighingsOf(history));
    }

    private static IEnumerable<DocumentFact> Of(Envelope envelope) => [new("deal", envelope.Id)];

    private static DocumentTable Weighed(DealTerms terms, IReadOnlyList<Weighing> weighings) => new(
        new(["ticket", "vehicle", "weighed-at", "gross", "tare", "net", "moisture", "contamination", "deducted", "payable"]),
        new([.. weighings.Select(weighing => (weighing, Result: DealArithmetic.Of(terms, weighing))).Select(load => new EqualList<Fact>(
        [
            load.weighing.Ticket, load.weighing.Vehicle, load.weighing.At, load.weighing.Gross, load.weighing.Tare, load.Result.Net, load.weighing.Moisture, load.weighing.Contamination, load.Result.Deducted,
            load.Result.Payable,
        ]))]));

    private static DocumentSection Deductions(string heading, EqualList<DeductionBand> bands) => new(
        heading, EqualList<DocumentFact>.Empty,
        new(new(["excess", "points"]), new([.. bands.Select(band => new EqualList<Fact>([band.UpTo is { } upTo ? (Fact)upTo : "—", band.Factor.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)]))])));

    private static Fact Day(DateOnly day) => day.ToString("dd.MM.yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
