using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Kernel;
using Ainalym.Market.Guarantees;
using Ainalym.Market.Lots;

namespace Ainalym.Market.Deals;

/// <summary>Begins a deal where a lot is awarded, and carries deals' money when whoever caused it could not.</summary>
public sealed class DealFollower(IGrains grains, DealMoney money, LotQueries lots, HeldGuarantees held, DealRuleBook rules) : Follower("market/deals")
{
    public override async Task Handle(Envelope envelope, CancellationToken ct)
    {
        if (envelope.Event is LotAwarded award) await Open(envelope, award, ct);
        else if (envelope.Event is DealEvent happened) await money.Carry(Guid.ParseExact(envelope.Id, "N"), [happened], ct);
    }

    private async Task Open(Envelope envelope, LotAwarded award, CancellationToken ct)
    {
        var lotId = Guid.ParseExact(envelope.Id, "N");
        var lot = await lots.Lot(lotId, ct) ?? throw new InvalidOperationException($"{envelope.Kind}/{envelope.Id} has no row.");
        var hold = lot.GuaranteeMinor == 0 ? null : await Stands(lotId, award, ct);
        var guarantee = hold is null ? null : new DealGuarantee(hold.Hold, hold.Amount);
        var terms = DealOrders.Terms(lot, award.WinnerId, award.WinnerNumber, award.Price, rules.At(envelope.At), guarantee);
        var receipt = await grains.Handle(DealGrain.Kind, DealOrders.IdOf(lotId, award.WinnerId, envelope.At), new OpenDeal(CommandIdFor(envelope), terms), Caller.House, ct);
        if (receipt.Refusal is { } refusal) throw new InvalidOperationException($"The deal of lot {envelope.Id} was refused: {refusal}.");
    }

    /// <summary>What is held of the winner for his payment: what his bid named, and not what came late of an older one. An award from before it was told has what there is.</summary>
    private async Task<HeldGuarantee?> Stands(Guid lotId, LotAwarded award, CancellationToken ct) => award.Guarantee is { } given
        ? await held.Find(award.Amount.Currency, lotId, award.WinnerId, given, ct)
        : (await held(award.Amount.Currency, lotId, award.WinnerId, "", n: 1, ct)).FirstOrDefault();
}
