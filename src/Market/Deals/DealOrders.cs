using System.Globalization;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Guarantees;
using Ainalym.Market.Lots;
using Ainalym.Market.Photos;

namespace Ainalym.Market.Deals;

/// <summary>The one way from a request, a page's or the API's, to a deal: reads the facts, sends the command, and carries the money that it asks for before it answers.</summary>
public sealed class DealOrders(IGrains grains, DealMoney money, DealQueries deals, LotQueries lots, PhotoUploads photos, EvidenceFiles documents, FreeMoney free, DealRuleBook rules, JournalClock clock)
{
    /// <summary>One deal for a lot and a buyer.</summary>
    /// <param name="at">When the lot was awarded.</param>
    public static Guid IdOf(Guid lotId, Guid buyer, DateTimeOffset at) => CommandIds.Derived(at, $"market/deal/{lotId:N}/{buyer:N}");

    public static DealTerms Terms(LotPageRow lot, Guid buyer, int buyerNumber, PricePerTonne price, DealRules rules, DealGuarantee? guarantee)
    {
        var mass = Mass.FromGrams(lot.MassG);
        return new(
            Guid.ParseExact(lot.LotId, "N"), Guid.ParseExact(lot.SellerId, "N"), buyer, buyerNumber, TextValue.Parse<GradeCode>(lot.Grade), TextValue.Parse<WasteCode>(lot.WasteCode), mass,
            Share.FromMillionths(lot.MoisturePpm), Share.FromMillionths(lot.ContaminationPpm), TextValue.Parse<Region>(lot.Region), lot.Place, Day(lot.PickUpFrom), Day(lot.PickUpTo),
            price, price.For(mass), rules, guarantee);
    }

    /// <summary>A deal for who may see it: its parties, the operator, the regulator.</summary>
    public async Task<DealView?> View(Guid dealId, Caller caller, CancellationToken ct) => await Visible(dealId, caller, ct) is { } row ? DealView.From(row, await deals.History(dealId, ct), clock.Now()) : null;

    /// <summary>Sends a command of who may see the deal, and carries what it asks of the ledger.</summary>
    public async Task<Receipt<DealEvent>> Send(Guid dealId, DealCommand command, Caller caller, CancellationToken ct) =>
        await Visible(dealId, caller, ct) is null ? Refused(command.CommandId, DealRefusal.DealNotFound) : await Carried(dealId, command, caller, ct);

    private async Task<DealRow?> Visible(Guid dealId, Caller caller, CancellationToken ct) =>
        await deals.Deal(dealId, ct) is { } deal && (deal.IsParty(caller.Organisation) || caller.Is(Roles.Operator | Roles.Regulator)) ? deal : null;

    private async Task<Receipt<DealEvent>> Carried(Guid dealId, DealCommand command, Caller caller, CancellationToken ct)
    {
        var receipt = await grains.Handle(DealGrain.Kind, dealId, command, caller, ct);
        if (receipt.Refusals.Count == 0) await money.Carry(dealId, receipt.Events, ct);
        return receipt;
    }

    /// <summary>Pays what is due, and says how much is missing where it cannot.</summary>
    public async Task<Receipt<DealEvent>> Pay(Guid dealId, Guid commandId, Caller caller, CancellationToken ct)
    {
        if (await View(dealId, caller, ct) is not { } view) return Refused(commandId, DealRefusal.DealNotFound);

        // Who cannot pay is told so here, and nothing of it is kept; the ledger has the last word.
        if (caller.Organisation == view.Row.Buyer && Bill(view.State) is { } bill)
        {
            var has = await free(bill.Due.Currency, caller.Organisation, ct);
            if (has + bill.Released < bill.Due) return Refused(commandId, new Refusal(DealRefusal.MoneyShort, bill.Due, has, bill.Due - bill.Released - has));
        }

        var receipt = await grains.Handle(DealGrain.Kind, dealId, new PayDeal(commandId, caller.Organisation), caller, ct);
        if (receipt.Refusals.Count > 0) return receipt;
        var carried = await money.Carry(dealId, receipt.Events, ct);
        if (carried?.Events.OfType<PaymentFailed>().FirstOrDefault() is not { } failed) return receipt;
        var due = receipt.Events.OfType<PaymentOrdered>().Single().Amount;
        return receipt with { Refusals = [new Refusal(DealRefusal.MoneyShort, due, await free(due.Currency, caller.Organisation, ct), failed.Missing)] };
    }

    /// <summary>What the buyer has to pay now, and what of his money the payment itself lets go; null where he has nothing to pay, or it is on its way.</summary>
    private static (Money Due, Money Released)? Bill(Deal.Opened deal)
    {
        var none = new Money(0, deal.Terms.Amount.Currency);
        return deal switch
        {
            Deal.Unpaid { Ordered: false } => (deal.Terms.Amount, deal.Terms.Guarantee?.Amount ?? none),
            Deal.Underpaid { Ordered: false } under => (under.Sums.Missing, none),
            _ => null,
        };
    }

    /// <summary>Complains against the award. A bidder who is no party may while it stands still; of the deal that comes after it he is told nothing, not even how far it is.</summary>
    public async Task<Receipt<DealEvent>> Complain(Guid dealId, Guid commandId, string reason, Caller caller, CancellationToken ct)
    {
        var deal = await deals.Deal(dealId, ct);
        var hasBid = deal is not null && (await lots.OwnOf(deal.Lot, caller.Organisation, ct)).BidderNumber is not null;
        if (deal is null || !(hasBid || deal.IsParty(caller.Organisation))) return Refused(commandId, DealRefusal.DealNotFound);
        var receipt = await Carried(dealId, new FileComplaint(commandId, caller.Organisation, reason) { HasBid = hasBid }, caller, ct);
        return receipt.Refusals.Count > 0 && deal.Stage != "standstill" && !deal.IsParty(caller.Organisation) ? Refused(commandId, DealRefusal.DealNotFound) : receipt;
    }

    /// <summary>Takes in a document of a party, to be named in evidence.</summary>
    public async Task<(string? Hash, Refusal? Refusal)> TakeDocument(Guid dealId, Stream document, Caller caller, CancellationToken ct) =>
        await deals.Deal(dealId, ct) is { } deal && deal.IsParty(caller.Organisation) ? await documents.Take(document, caller.Organisation, ct) : (null, DealRefusal.DealNotFound);

    /// <summary>The file of a document that the deal's evidence names, for who may see the deal; null where there is none.</summary>
    public async Task<string?> Document(Guid dealId, string hash, Caller caller, CancellationToken ct)
    {
        if (await Visible(dealId, caller, ct) is null) return null;
        var named = (await deals.History(dealId, ct)).Select(recorded => recorded.Event).OfType<EvidenceAdded>().Any(evidence => evidence.Documents?.Contains(hash) == true);
        return named ? documents.Find(hash) : null;
    }

    public async Task<Receipt<DealEvent>> AddEvidence(
        Guid dealId, Guid commandId, string text, IReadOnlyList<string> hashes, IReadOnlyList<string> papers, Caller caller, CancellationToken ct)
    {
        if (await deals.Deal(dealId, ct) is not { } deal || !deal.IsParty(caller.Organisation)) return Refused(commandId, DealRefusal.DealNotFound);
        if (hashes.Count > LotPublishing.Photos) return Refused(commandId, new Refusal(LotRefusal.TooManyPhotos, LotPublishing.Photos).About("photos"));
        var there = (await photos.Named(hashes, ct)).Select(photo => photo.Hash).ToHashSet(StringComparer.Ordinal);
        if (hashes.FirstOrDefault(hash => !there.Contains(hash)) is { } unknown) return Refused(commandId, new Refusal(DealRefusal.PhotoUnknown, unknown).About("photos"));
        if (papers.Count > DealDecider.EvidenceDocuments) return Refused(commandId, new Refusal(DealRefusal.TooManyDocuments, DealDecider.EvidenceDocuments).About("documents"));
        foreach (var hash in papers)
            if (!await documents.IsOf(caller.Organisation, hash, ct)) return Refused(commandId, new Refusal(DealRefusal.DocumentUnknown, hash).About("documents"));
        var command = new AddEvidence(commandId, caller.Organisation, text, hashes.Count == 0 ? null : new LotPhotos([.. hashes]), papers.Count == 0 ? null : new([.. papers]));
        return await Send(dealId, command, caller, ct);
    }

    /// <summary>Offers the lot to its second bidder at the most he offered, once the first deal has come to nothing.</summary>
    /// <returns>The new deal's id too.</returns>
    public async Task<(Guid DealId, Receipt<DealEvent> Receipt)> OfferToSecond(Guid lotId, Guid commandId, Caller caller, CancellationToken ct)
    {
        var of = await deals.OfLot(lotId, ct);
        if (of.All(deal => deal.Seller != caller.Organisation)) return (Guid.Empty, Refused(commandId, DealRefusal.DealNotFound));
        if (of[0] is var first && !await HasFailed(first, ct) || await lots.Lot(lotId, ct) is not { } lot || SecondOf(await lots.History(lotId, ct), first.Buyer) is not { } second)
            return (Guid.Empty, Refused(commandId, DealRefusal.NoSecondBidder));

        // Called after the first deal, so that there is one second deal whoever asks and how often.
        var dealId = IdOf(lotId, second.Bidder, CommandIds.TimeOf(first.Id));
        return (dealId, await Carried(dealId, new OfferToSecond(commandId, caller.Organisation, Terms(lot, second.Bidder, second.Number, second.Maximum, rules.At(clock.Now()), guarantee: null)), caller, ct));
    }

    /// <summary>By its buyer's fault, or as a complaint against the award was upheld: then the next bidder's turn has come. Who has failed as a seller sells anew.</summary>
    private async Task<bool> HasFailed(DealRow deal, CancellationToken ct) =>
        deal.Stage == "defaulted" || (deal.Stage == "cancelled" && (await deals.History(deal.Id, ct))[^1].Event is DealCancelled { Reason: DealCancellation.ComplaintUpheld });

    /// <summary>Of all bidders but the winner, who offered most, and first.</summary>
    private static (Guid Bidder, int Number, PricePerTonne Maximum)? SecondOf(IReadOnlyList<Recorded<LotEvent>> history, Guid winner)
    {
        (Guid Bidder, int Number, PricePerTonne Maximum)? best = null;
        foreach (var recorded in history)
        {
            (Guid Bidder, int Number, PricePerTonne Maximum)? offer = recorded.Event switch
            {
                BidPlaced e when e.BidderId != winner => (e.BidderId, e.BidderNumber, e.Maximum),
                SealedBidPlaced e when e.BidderId != winner => (e.BidderId, e.BidderNumber, e.Amount),
                _ => null,
            };
            if (offer is { } made && (best is null || made.Maximum > best.Value.Maximum)) best = made;
        }

        return best;
    }

    private static Receipt<DealEvent> Refused(Guid commandId, Refusal refusal) => new(commandId, Version: 0, Position: 0, DateTimeOffset.UnixEpoch, [], [refusal]);

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "O", CultureInfo.InvariantCulture);
}
