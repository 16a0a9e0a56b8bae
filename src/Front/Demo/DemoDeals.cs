using Ainalym.Identity.Registrations;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Market.Lots;
using Ainalym.Market.Photos;

namespace Ainalym.Front.Demo;

/// <summary>What becomes of the demo's awarded lots: most are settled by the scale, the latest stand at every stage.</summary>
internal sealed class DemoDeals(SteppingHouse stepping, PhotoUploads photos, IReadOnlyDictionary<string, Registered> organisations, Func<Guid, Money, Task> topUp)
{
    private readonly Random die = new(4);
    private readonly DealQueries deals = new(stepping.House.Database);
    private readonly DealOrders orders = new(
        stepping.House.Grains, new DealMoney(stepping.House.Grains, stepping.House.Addresses, new DealQueries(stepping.House.Database)), new DealQueries(stepping.House.Database),
        new LotQueries(stepping.House.Database), photos, new EvidenceFiles(stepping.House.Database, new EvidenceShelf(stepping.House.DataFolder), stepping.House.Clock.Time), Ties.FreeMoney(stepping.House.Database), stepping.House.Clock);

    private int commands;

    /// <summary>The steps of a lot's deal, and when: how far one of the latest goes, its number says.</summary>
    public IEnumerable<(DateTimeOffset At, Func<Task> Step)> StepsOf(DemoLot plan, bool isLate)
    {
        var far = isLate ? plan.Number / 4 % 7 : 6;
        var awarded = plan.ClosesAt;
        Func<DealRow, Task>[] way =
        [
            deal => Send(deal, new AcceptContract(NextId(), deal.Seller), deal.Seller, Roles.Seller),
            deal => Send(deal, new AcceptContract(NextId(), deal.Buyer), deal.Buyer, Roles.Buyer),
            Pay,
            deal => Send(deal, new ProposePickUp(NextId(), deal.Buyer, DateOnly.FromDateTime(awarded.UtcDateTime).AddDays(3)), deal.Buyer, Roles.Buyer),
            deal => Weigh(deal, isLate && plan.Number % 3 == 0 ? 88 : die.Next(97, 103)),
            deal => Send(deal, new EndReceipt(NextId(), deal.Buyer), deal.Buyer, Roles.Buyer),
            isLate ? Dispute : deal => Send(deal, new ConfirmReceipt(NextId(), deal.Seller), deal.Seller, Roles.Seller),
        ];
        foreach (var (n, step) in way.Take(far + 1).Index()) yield return (awarded + TimeSpan.FromHours(25 + (n * 6)), () => OfLot(plan, step));
    }

    private async Task OfLot(DemoLot plan, Func<DealRow, Task> step)
    {
        if (await deals.OfLot(plan.LotId, CancellationToken.None) is [{ Stage: not ("settled" or "cancelled" or "defaulted") } deal]) await step(deal);
    }

    private async Task Pay(DealRow deal)
    {
        var free = await Ties.FreeMoney(stepping.House.Database)(deal.Amount.Currency, deal.Buyer, CancellationToken.None);
        if (free < deal.Amount) await topUp(deal.Buyer, deal.Amount - free);
        await orders.Pay(deal.Id, NextId(), CallerOf(deal.Buyer, Roles.Buyer), CancellationToken.None);
    }

    private async Task Weigh(DealRow deal, int percent)
    {
        var (net, tare) = (deal.MassG * percent / 100, 8_140_000L);
        var weighing = new RecordWeighing(
            NextId(), deal.Buyer, Mass.FromGrams(net + tare), Mass.FromGrams(tare), Share.FromPercent(die.Next(1, 10)), Share.FromPercent(die.Next(0, 5)), $"В-{die.Next(1000, 9999)}", $"{die.Next(100, 999)} ABC 02");
        await Send(deal, weighing, deal.Buyer, Roles.Buyer);
    }

    private async Task Dispute(DealRow deal)
    {
        if (deal.Stage == "received") await Send(deal, new RaiseDispute(NextId(), deal.Seller, "Весы приёмки не поверены; наш вес при отгрузке больше."), deal.Seller, Roles.Seller);
    }

    /// <summary>A step that the deal no longer takes, as when the scale has settled it, is left out.</summary>
    private Task Send(DealRow deal, DealCommand command, Guid organisation, Roles role) => orders.Send(deal.Id, command, CallerOf(organisation, role), CancellationToken.None);

    private Caller CallerOf(Guid organisation, Roles role) => new(organisations.Values.Single(registered => registered.Organisation == organisation).User, organisation, role);

    private Guid NextId() => CommandIds.Derived(stepping.Now, $"demo deal {commands++}");
}
