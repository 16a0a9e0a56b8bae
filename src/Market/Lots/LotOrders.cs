using System.Globalization;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Guarantees;

namespace Ainalym.Market.Lots;

/// <summary>The one way from a request, a page's or the API's, to the lot: reads the facts and sends the command.</summary>
public sealed class LotOrders(IGrains grains, LotFacts facts, GuaranteeDesk guarantees, LotQueries lots)
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
        var receipt = await SendGuaranteed(lotId, read => new PlaceBid(commandId, caller.Organisation, maximum, revision) { Facts = read }, caller, ct);
        LotMeters.Bid(receipt);
        return receipt;
    }

    public Task<Receipt<LotEvent>> Buy(Guid lotId, Guid commandId, int? revision, Caller caller, CancellationToken ct) =>
        SendGuaranteed(lotId, read => new BuyLot(commandId, caller.Organisation, revision) { Facts = read }, caller, ct);

    /// <summary>Takes the caller's guarantee back, when there is one and he does not lead.</summary>
    public async Task<Receipt<LotEvent>> Withdraw(Guid lotId, Guid commandId, Caller caller, CancellationToken ct)
    {
        var withdraw = new WithdrawGuarantee(commandId, caller.Organisation);
        if (await lots.Lot(lotId, ct) is { Status: "open" } lot && (await guarantees.HeldOf(TextValue.Parse<Currency>(lot.Currency), lotId, caller.Organisation, ct)).MinorUnits == 0)
            return new(commandId, Version: 0, Position: 0, DateTimeOffset.UnixEpoch, [], [LotRefusal.NoGuarantee]);
        return await Send(lotId, withdraw, caller, ct);
    }

    /// <summary>
    /// The lot asks for a guarantee only when it would take the rest. It asks again where it was described anew, or the guarantee withdrawn, while money was being held; what was held for nothing then
    /// goes back at once, as nobody else may be there to let it go.
    /// </summary>
    private async Task<Receipt<LotEvent>> SendGuaranteed(Guid lotId, Func<BidFacts, LotCommand> order, Caller caller, CancellationToken ct)
    {
        var read = await facts.ForBid(caller.Organisation, ct);
        Money amount = default;
        while (true)
        {
            var receipt = await Send(lotId, order(read), caller, ct);
            if (read.Guarantee is { } given && await IsForNothing(lotId, given, receipt, caller.Organisation, ct))
                await guarantees.Release(amount.Currency, lotId, caller.Organisation, receipt.At, $"market/guarantee-for-nothing/{receipt.CommandId:N}", one => one.Given == given, ct);
            if (receipt.Refusal is not { Code: LotRefusal.GuaranteeMissing } missing) return receipt;

            amount = TextValue.Parse<Money>(missing.Facts[0].Value);
            var asked = new GivenGuarantee(Whole(missing.Facts[1]), Whole(missing.Facts[2]));
            if (await guarantees.Hold(lotId, caller.Organisation, asked, amount, ct) is { } refusal) return receipt with { Refusals = [refusal] };
            read = read with { Guarantee = asked };
        }
    }

    /// <summary>Nothing can stand on this guarantee any more, by what the lot has said. A lot that is only past its close has its end, and with it the release, ahead; and the bidder may have won by another order.</summary>
    private async Task<bool> IsForNothing(Guid lotId, GivenGuarantee given, Receipt<LotEvent> receipt, Guid bidder, CancellationToken ct) => receipt.Refusal switch
    {
        { Code: LotRefusal.GuaranteeMissing } => true,
        { Code: LotRefusal.LotChangedSince } changed => given.Revision < Whole(changed.Facts[0]),
        { Code: LotRefusal.LotEnded } => await lots.HasEndedWithout(lotId, bidder, ct),
        _ => false,
    };

    private static int Whole(Fact fact) => int.Parse(fact.Value, CultureInfo.InvariantCulture);

    /// <summary>A command that needs no facts.</summary>
    public Task<Receipt<LotEvent>> Send(Guid lotId, LotCommand command, Caller caller, CancellationToken ct) => grains.Handle(LotGrain.Kind, lotId, command, caller, ct);
}
