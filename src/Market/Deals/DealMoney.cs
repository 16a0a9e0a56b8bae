using System.Globalization;
using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Market.Deals;

/// <summary>
/// Carries what a deal has decided to the ledger, and the ledger's word back. Every command's id follows from the deal and the step, so whoever carries a step, and however often, it is done
/// once: the order that caused it carries it at once, and the follower again.
/// </summary>
public sealed class DealMoney(IGrains grains, Addresses ledgers, DealQueries deals)
{
    /// <summary>What these events ask for, and what comes of it.</summary>
    /// <returns>What the deal said to the ledger's word; null when nothing had to be carried back.</returns>
    public async Task<Receipt<DealEvent>?> Carry(Guid dealId, IEnumerable<DealEvent> events, CancellationToken ct)
    {
        Receipt<DealEvent>? last = null;
        foreach (var @event in events)
        {
            if (@event is not (PaymentOrdered or DealSettled or DealCancelled or DealDefaulted)) continue;
            var deal = await deals.Deal(dealId, ct) ?? throw new InvalidOperationException($"market/deal/{dealId:N} has no row.");
            switch (@event)
            {
                case PaymentOrdered e:
                    last = await Pay(deal, e, ct);
                    last = await Carry(dealId, last.Events, ct) ?? last;
                    break;
                case DealSettled e:
                    await Make(deal, "settle", Shares(deal, e.Sums), ct);
                    break;
                case DealCancelled e:
                    await Make(deal, "cancel", Returns(deal, e), ct);
                    break;
                case DealDefaulted e:
                    await Make(deal, "default", Forfeits(deal, e), ct);
                    break;
            }
        }

        return last;
    }

    /// <summary>Takes what an underpaid deal lacks out of its buyer's wallet: once for the deal as it stands, whoever sees it so and how often.</summary>
    public async Task TopUp(DealRow deal, CancellationToken ct)
    {
        var receipt = await grains.Handle(DealGrain.Kind, deal.Id, new OrderTopUp(IdOf(deal, string.Create(CultureInfo.InvariantCulture, $"top-up/{deal.Version}"))), Caller.House, ct);
        await Carry(deal.Id, receipt.Events, ct);
    }

    private async Task<Receipt<DealEvent>> Pay(DealRow deal, PaymentOrdered e, CancellationToken ct)
    {
        // Goods that cost less than a tiyn need no money: an account takes no transfer of nothing.
        if (e.Amount.MinorUnits == 0) return await grains.Handle(DealGrain.Kind, deal.Id, new RecordPayment(IdOf(deal, $"paid/{e.Attempt}"), e.Attempt, Missing: null), Caller.House, ct);
        var payment = new TransferOrder.Post(AccountId.Available(deal.Buyer), AccountId.Escrow(deal.Id), e.Amount, TransferPurpose.Payment, deal.DealId);
        TransferOrder[] chain = deal.Hold is { } hold && !e.IsTopUp ? [new TransferOrder.VoidHold(hold), payment] : [payment];
        var answered = await ledgers.Handle(LedgerAddress.Ledger, deal.Currency, new MakeTransfers(IdOf(deal, $"pay/{e.Attempt}"), chain), Caller.House, ct);
        Money? missing = answered.Refusal switch
        {
            null => null,
            { Code: LedgerRefusal.InsufficientFunds } shortOf => TextValue.Parse<Money>(shortOf.Facts[1].Value),
            var refusal => throw new InvalidOperationException($"Payment {e.Attempt} of deal {deal.DealId} was refused: {refusal}."),
        };
        return await grains.Handle(DealGrain.Kind, deal.Id, new RecordPayment(IdOf(deal, $"paid/{e.Attempt}"), e.Attempt, missing), Caller.House, ct);
    }

    private static TransferOrder[] Shares(DealRow deal, SettlementSums sums) => Posts(
        deal, AccountId.Escrow(deal.Id),
        (AccountId.Available(deal.Seller), sums.Proceeds, TransferPurpose.Proceeds),
        (AccountId.PlatformFee, sums.Fee, TransferPurpose.Fee),
        (AccountId.Vat, sums.Vat, TransferPurpose.Vat),
        (AccountId.Available(deal.Buyer), sums.Refund, TransferPurpose.Refund));

    private static TransferOrder[] Returns(DealRow deal, DealCancelled e) => e.Refund.MinorUnits > 0
        ? Posts(deal, AccountId.Escrow(deal.Id), (AccountId.Available(deal.Buyer), e.Refund, TransferPurpose.Refund))
        : deal.Hold is { } hold ? [new TransferOrder.VoidHold(hold)] : [];

    private static TransferOrder[] Forfeits(DealRow deal, DealDefaulted e) => deal.Hold is not { } hold ? [] :
    [
        new TransferOrder.PostHold(hold, TransferPurpose.Forfeit),
        .. Posts(deal, AccountId.Escrow(deal.Lot), (AccountId.Available(deal.Seller), e.ToSeller, TransferPurpose.Forfeit), (AccountId.PlatformFee, e.ToPlatform, TransferPurpose.Forfeit)),
    ];

    private static TransferOrder[] Posts(DealRow deal, AccountId from, params (AccountId To, Money Amount, TransferPurpose Purpose)[] parts) =>
        [.. parts.Where(part => part.Amount.MinorUnits > 0).Select(part => new TransferOrder.Post(from, part.To, part.Amount, part.Purpose, deal.DealId))];

    private async Task Make(DealRow deal, string step, TransferOrder[] chain, CancellationToken ct)
    {
        if (chain.Length == 0) return;
        var answered = await ledgers.Handle(LedgerAddress.Ledger, deal.Currency, new MakeTransfers(IdOf(deal, step), chain), Caller.House, ct);
        if (answered.Refusal is { } refusal) throw new InvalidOperationException($"The step '{step}' of deal {deal.DealId} was refused by the ledger: {refusal}.");
    }

    private static Guid IdOf(DealRow deal, string step) => CommandIds.Derived(CommandIds.TimeOf(deal.Id), $"market/deal/{deal.DealId}/{step}");
}
