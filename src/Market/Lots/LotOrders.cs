using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Market.Lots;

/// <summary>The one way from a request, a page's or the API's, to the lot: reads the facts and sends the command.</summary>
public sealed class LotOrders(IGrains grains, LotFacts facts)
{
    /// <summary>Publishes a lot; its id follows from the command's, so that the same form sent twice is one lot.</summary>
    public async Task<(Guid LotId, Receipt<LotEvent> Receipt)> List(Guid commandId, LotDescription lot, Caller caller, CancellationToken ct)
    {
        var lotId = LotIds.From(commandId, caller);
        return (lotId, await Send(lotId, new ListLot(commandId, lotId, lot) { Facts = await facts.ForListing(lot, ct) }, caller, ct));
    }

    public async Task<Receipt<LotEvent>> Change(Guid lotId, Guid commandId, LotDescription lot, Caller caller, CancellationToken ct) =>
        await Send(lotId, new ChangeLot(commandId, lot) { Facts = await facts.ForListing(lot, ct) }, caller, ct);

    /// <param name="revision">The description that the bidder has seen.</param>
    public async Task<Receipt<LotEvent>> Bid(Guid lotId, Guid commandId, PricePerTonne maximum, int? revision, Caller caller, CancellationToken ct)
    {
        var bid = new PlaceBid(commandId, caller.Organisation, maximum, revision) { Facts = await facts.ForBid(caller.Organisation, ct) };
        var receipt = await Send(lotId, bid, caller, ct);
        LotMeters.Bid(receipt);
        return receipt;
    }

    public async Task<Receipt<LotEvent>> Buy(Guid lotId, Guid commandId, int? revision, Caller caller, CancellationToken ct) =>
        await Send(lotId, new BuyLot(commandId, caller.Organisation, revision) { Facts = await facts.ForBid(caller.Organisation, ct) }, caller, ct);

    /// <summary>A command that needs no facts.</summary>
    public Task<Receipt<LotEvent>> Send(Guid lotId, LotCommand command, Caller caller, CancellationToken ct) => grains.Handle(LotGrain.Kind, lotId, command, caller, ct);
}
