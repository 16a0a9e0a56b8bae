using Ainalym.Identity.Registrations;
using Ainalym.Journal;
using Ainalym.Journal.Http;
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
        new LotQueries(stepping.House.Database), photos, new EvidenceFiles(stepping.House.Database, new EvidenceShelf(stepping.House.DataFolder), stepping.House.Clock.Time), Ties.FreeMoney(stepping.House.Database), DealRuleBook.Usual, stepping.House.Clock);

    private int commands;

    /// <summary>The steps of a lot's deal, and when, up to where it stands now.</summary>
    public IEnumerable<(DateTimeOffset At, Func<Task> Step)> StepsOf(DemoLot plan)
    {
        var fate = plan.Fate;
        var (awarded, weighed) = (plan.ClosesAt, fate is DemoFate.Received or DemoFate.Disputed ? 88 : die.Next(97, 103));
        var day = FactText.DayOf(awarded).AddDays(3);
        (DemoFate From, int Hours, Func<DealRow, Task> Step)[] way =
        [
            (DemoFate.Contract, 25, deal => Send(deal, new AcceptContract(NextId(), deal.Seller), deal.Seller, Roles.Seller)),
            (DemoFate.Unpaid, 31, deal => Send(deal, new AcceptContract(NextId(), deal.Buyer), deal.Buyer, Roles.Buyer)),
            (DemoFate.Paid, 37, Pay),
            (DemoFate.Paid, 40, deal => Send(deal, new ProposePickUp(NextId(), deal.Buyer, day), deal.Buyer, Roles.Buyer)),
            (DemoFate.Weighed, 43, deal => Send(deal, new ProposePickUp(NextId(), deal.Seller, day), deal.Seller, Roles.Seller)),
            (DemoFate.Weighed, 47, deal => Send(deal, new RecordLoading(NextId(), deal.Seller, $"{die.Next(100, 999)} ABC 02"), deal.Seller, Roles.Seller)),
            (DemoFate.Weighed, 49, deal => Weigh(deal, weighed)),
            (DemoFate.Received, 55, deal => Send(deal, new EndReceipt(NextId(), deal.Buyer), deal.Buyer, Roles.Buyer)),
            (DemoFate.Disputed, 61, deal => fate == DemoFate.Disputed ? Dispute(deal) : Send(deal, new ConfirmReceipt(NextId(), deal.Seller), deal.Seller, Roles.Seller)),
        ];
        var last = fate switch { DemoFate.Defaulted or DemoFate.Offered => DemoFate.Unpaid, DemoFate.Open => DemoFate.Settled, _ => fate };
        foreach (var (_, hours, step) in way.Where(step => step.From <= last)) yield return (awarded + TimeSpan.FromHours(hours), () => OfLot(plan, step));
        if (fate == DemoFate.Complained) yield return (awarded + TimeSpan.FromHours(2), () => OfLot(plan, Complain));
        if (fate == DemoFate.Offered) yield return (awarded + DemoFates.TimeToDefault, () => OfferToSecond(plan));
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

    private Task Dispute(DealRow deal) => Send(deal, new RaiseDispute(NextId(), deal.Seller, "Весы приёмки не поверены; наш вес при отгрузке больше."), deal.Seller, Roles.Seller);

    private Task Complain(DealRow deal) => orders.Complain(deal.Id, NextId(), "Победитель принадлежит тому же владельцу, что и продавец; просим проверить.", CallerOf(deal.Seller, Roles.Seller), CancellationToken.None);

    private async Task OfferToSecond(DemoLot plan)
    {
        if (await deals.OfLot(plan.LotId, CancellationToken.None) is [var deal]) await orders.OfferToSecond(plan.LotId, NextId(), CallerOf(deal.Seller, Roles.Seller), CancellationToken.None);
    }

    /// <summary>A step that the deal no longer takes, as when the scale has settled it, is left out.</summary>
    private Task Send(DealRow deal, DealCommand command, Guid organisation, Roles role) => orders.Send(deal.Id, command, CallerOf(organisation, role), CancellationToken.None);

    private Caller CallerOf(Guid organisation, Roles role) => new(organisations.Values.Single(registered => registered.Organisation == organisation).User, organisation, role);

    private Guid NextId() => CommandIds.Derived(stepping.Now, $"demo deal {commands++}");
}
