using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Guarantees;
using Ainalym.Market.Lots;
using Ainalym.Settlement.Ledgers;
using static Ainalym.Front.Tests.TradingHouse;

namespace Ainalym.Front.Tests;

/// <summary>Bidders who have too little for all they want, side by side on lots of every kind, while followers lag and the house dies.</summary>
public sealed class GuaranteeWalk : IAsyncDisposable
{
    private const int Side = 6, Steps = 150;
    private static readonly bool Long = Environment.GetEnvironmentVariable("AINALYM_LONG") is "1";
    private static readonly Guid[] Buyers = [Aliya, Bolat, Id(0xC), Id(0xD)];

    private readonly TradingHouse house = new();
    private readonly Guid[] lots = new Guid[Side];
    private readonly List<Guid> all = [];
    private long paidIn;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, Long ? 250 : 12)];

    public ValueTask DisposeAsync() => house.DisposeAsync();

    /// <summary>
    /// At every moment a bid stands on exactly one hold, the one that it named, and whoever has it is not told that his money is short. After the night nothing is held for a lot that is over but what its
    /// deal names, and once the deals are over nothing is held at all.
    /// </summary>
    [Theory, MemberData(nameof(Seeds))]
    public async Task Whoever_bids_has_one_guarantee_held_and_gets_it_back_however_the_lots_end(int seed)
    {
        var random = new Random(seed);
        foreach (var buyer in Buyers) await TopUp(buyer, random.Next(1_000, 6_000));
        for (var n = 0; n < Side; n++) await List(n);
        for (var n = 0; n < Steps; n++)
        {
            if (random.Next(8) == 0) await TopUp(Buyers[random.Next(Buyers.Length)], random.Next(100, 2_500));
            if (random.Next(4) == 0) house.Fuse.Burn(random.Next(1, 12), random.Next(2) == 0);
            Func<Task>[] side = random.Next(2) == 0 ? [Interrupted(random)] : [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Something(random, random.Next(Side)))];
            await house.Mortal(() => Task.WhenAll(side.Select(one => Task.Run(one, Ct))));
            house.Fuse.Out();
            if (random.Next(3) == 0) await house.Stepping.House.CatchUp(Ct);
            if (random.Next(3) == 0) house.Stepping.SetClock(house.Stepping.Now.AddSeconds(random.Next(1, 60)));
            if (random.Next(20) == 0) await house.Stepping.AdvanceTo(house.Stepping.Now.AddMinutes(random.Next(1, 20)), Ct);
            await BidsStandOnTheirHolds();
        }

        foreach (var lot in all) await house.Stepping.House.Grains.Handle(LotGrain.Kind, lot, new ResumeLot(house.NextId()), Caller.House, Ct);
        await house.Stepping.AdvanceTo(Noon.AddDays(2), Ct);
        await OnlyDealsHold();
        await house.Stepping.AdvanceTo(Noon.AddDays(40), Ct);
        foreach (var lot in all) (await Held(lot)).Should().BeEmpty("every deal of it is over");
        await EveryTiynIsSomebodys();
    }

    /// <summary>What somebody does to a lot; most often it is a bid, and often it is refused.</summary>
    private Func<Task> Something(Random random, int n)
    {
        var (lot, buyer, id, price) = (lots[n], Buyers[random.Next(Buyers.Length)], house.NextId(), PerTonne(random.Next(900, 4_000)));
        int? revision = random.Next(8) == 0 ? 1 : null;
        return random.Next(40) switch
        {
            < 16 => () => Bid(lot, n, id, price, revision, buyer),
            < 18 => () => house.Orders.Buy(lot, id, revision, Buyer(buyer), Ct),
            < 27 => () => house.Orders.Withdraw(lot, id, Buyer(buyer), Ct),
            _ => Altered(random, lot, n, id),
        };
    }

    /// <summary>What the seller does to a lot, or the operator.</summary>
    private Func<Task> Altered(Random random, Guid lot, int n, Guid id)
    {
        var opening = PerTonne(random.Next(2) == 0 ? 1_000 : 1_500);
        (LotCommand Command, Caller Caller) order = random.Next(12) switch
        {
            < 6 => (new ChangeLot(id, Describe(TermsOf(n, opening))) { Facts = Facts }, SellerUser),
            < 8 => (new CancelLot(id, Seller), SellerUser),
            < 9 => (new FreezeLot(id), OperatorUser),
            _ => (new ResumeLot(id), OperatorUser),
        };
        return () => house.Stepping.House.Grains.Handle(LotGrain.Kind, lot, order.Command, order.Caller, Ct);
    }

    /// <summary>Something, or more than one thing, happens to the lot between a bid's hold and the bid, or before the hold, and followers may have heard of it by then.</summary>
    private Func<Task> Interrupted(Random random)
    {
        var (n, id, heard) = (random.Next(Side), house.NextId(), random.Next(3) > 0);
        var (lot, buyer, price) = (lots[n], Buyers[random.Next(Buyers.Length)], PerTonne(random.Next(1_500, 4_000)));
        Func<Task>[] others = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(2) == 0 ? Altered(random, lot, n, house.NextId()) : Something(random, n))];
        house.Fuse.Meanwhile(random.Next(2, 4), async () =>
        {
            foreach (var other in others) await other();
            if (heard) await house.Stepping.House.CatchUp(Ct);
        });
        return () => Bid(lot, n, id, price, revision: null, buyer);
    }

    private Task Bid(Guid lot, int n, Guid id, PricePerTonne price, int? revision, Guid buyer) =>
        n % 3 == 2 ? house.Orders.Buy(lot, id, revision, Buyer(buyer), Ct) : house.Orders.Bid(lot, id, price, revision, Buyer(buyer), Ct);

    private LotTerms TermsOf(int n, PricePerTonne opening) => (n % 3) switch
    {
        0 => Terms with { Opening = opening, ClosesAt = house.Stepping.Now.AddHours(1), BuyNow = PerTonne(9_000) },
        1 => new(LotFormat.Sealed, opening, house.Stepping.Now.AddHours(1), Guarantee: Share.FromPercent(5)),
        _ => new(LotFormat.FixedPrice, opening, house.Stepping.Now.AddHours(1), Guarantee: Share.FromPercent(5)),
    };

    /// <summary>A new lot in the place of one that is over.</summary>
    private async Task List(int n)
    {
        lots[n] = Id(0x2_0000 + all.Count);
        all.Add(lots[n]);
        await house.List(lots[n], TermsOf(n, PerTonne(1_000)));
    }

    private async Task BidsStandOnTheirHolds()
    {
        for (var n = 0; n < Side; n++)
        {
            var (id, state) = (lots[n], await StateOf(lots[n]));
            if (state is not (Lot.Open or Lot.Frozen))
            {
                await List(n);
                continue;
            }

            var lot = state.Described!;
            var held = (await Held(id)).ToLookup(one => (one.Bidder, one.Given));
            foreach (var buyer in Buyers)
            {
                var asked = lot.GuaranteeOf(buyer);
                var holds = held[(buyer, asked)].ToList();
                holds.Count.Should().BeLessThanOrEqualTo(1, "{0} is asked of {1:N} for {2:N}", asked, buyer, id);
                if (lot.HasGuarantee(buyer)) holds.Should().ContainSingle("{0:N} has bid on {1:N}", buyer, id);
                if (holds.Count == 0) continue;
                holds[0].Amount.Should().Be(lot.Guarantee);
                (await house.Desk.Hold(id, buyer, asked, lot.Guarantee, Ct)).Should().BeNull("{0} is held of {1:N} for {2:N}", asked, buyer, id);
            }
        }
    }

    private async Task OnlyDealsHold()
    {
        foreach (var id in all)
        {
            var held = await Held(id);
            if (await StateOf(id) is not Lot.Awarded award)
            {
                held.Should().BeEmpty("nobody has won {0:N}", id);
                continue;
            }

            var deal = (await house.DealRows.OfLot(id, Ct)).Should().ContainSingle().Subject;
            deal.Buyer.Should().Be(award.WinnerId);
            held.Select(one => (TransferId?)one.Hold).Should().Equal([deal.Hold], "it stands for the payment");
        }
    }

    private async Task EveryTiynIsSomebodys()
    {
        const string columns = "account AS Account, debits_posted AS DebitsPosted, credits_posted AS CreditsPosted, debits_pending AS DebitsPending, credits_pending AS CreditsPending, last_number AS LastNumber";
        var accounts = (await house.Database.Query<AccountRow>($"SELECT {columns} FROM ledger_accounts WHERE currency = 'KZT'", ct: Ct)).ToDictionary(row => TextValue.Parse<AccountId>(row.Account), row => row.Balance);
        accounts[AccountId.Bank].Posted.Should().Be(-paidIn);
        accounts.Values.Sum(balance => balance.Posted).Should().Be(0);
        accounts.Where(account => account.Key.HasFloor).Should().OnlyContain(account => account.Value.Free >= 0, "none is below its floor");
        accounts.Values.Should().OnlyContain(balance => balance.DebitsPending == 0 && balance.CreditsPending == 0);
    }

    private async Task<Lot> StateOf(Guid lot) => (await new LotQueries(house.Database).History(lot, Ct)).Aggregate(Lot.Initial, (state, recorded) => state.Evolve(recorded.Event));

    private async Task<List<HeldGuarantee>> Held(Guid lot)
    {
        var all = new List<HeldGuarantee>();
        await foreach (var page in Ties.HeldGuarantees(house.Database).Pages(Currency.Kzt, lot, bidder: null, Ct)) all.AddRange(page);
        return all;
    }

    private async Task TopUp(Guid buyer, long tenge)
    {
        await house.Pay(buyer, tenge);
        paidIn += tenge * 100;
    }
}
