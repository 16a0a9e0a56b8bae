using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Lots;
using static Ainalym.Market.Tests.Words;

namespace Ainalym.Market.Tests;

/// <summary>A lot's whole life made of random commands from a seed; most are good, some are refused. Every step is kept.</summary>
internal sealed class LotWalk
{
    private readonly Random random;
    private readonly List<Recorded<LotEvent>> history = [];
    private readonly List<(Lot State, LotCommand Command, Decision<LotEvent> Decision)> steps = [];

    public LotWalk(int seed)
    {
        random = new Random(seed);
        Lot = Lot.Initial;
        var now = Noon;
        Take(List(Terms()), now);
        now = now.AddMinutes(random.Next(0, 58));
        var commands = random.Next(1, 120);
        for (var n = 0; n < commands; n++)
        {
            now = now.AddMilliseconds(random.Next(0, 60_000));
            Take(Guaranteed(Next()), now);
        }

        for (var n = 0; Lot is Lot.Open or Lot.Frozen; n++)
        {
            if (Lot is Lot.Frozen) Take(Resume, now);
            if (Lot is Lot.Open open) now = open.ClosesAt > now ? open.ClosesAt : now;
            Take(CloseIt(now), now);
            n.Should().BeLessThan(3, "a lot always comes to an end");
        }
    }

    public Lot Lot { get; private set; }

    public IReadOnlyList<Recorded<LotEvent>> History => history;

    public IReadOnlyList<(Lot State, LotCommand Command, Decision<LotEvent> Decision)> Steps => steps;

    private void Take(LotCommand command, DateTimeOffset now)
    {
        var decision = LotDecider.Decide(Lot, command, now);
        steps.Add((Lot, command, decision));
        foreach (var @event in decision.Events)
        {
            Lot = Lot.Evolve(@event);
            history.Add(new(Position: (history.Count * 3) + 7, Version: history.Count + 1, now, @event));
        }
    }

    private LotTerms Terms()
    {
        var format = random.Next(10) switch { < 7 => LotFormat.Ascending, < 9 => LotFormat.Sealed, _ => LotFormat.FixedPrice };
        var terms = new LotTerms(format, Tenge(random.Next(1, 3000)), Close);
        if (random.Next(2) == 0) terms = terms with { Guarantee = Share.FromPercent(random.Next(0, 51)) };
        if (format != LotFormat.FixedPrice && random.Next(2) == 0) terms = terms with { Reserve = Tenge(terms.Opening.MinorUnits / 100 + random.Next(0, 6000)) };
        if (format != LotFormat.Ascending) return terms;

        return terms with
        {
            Ladder = random.Next(3) switch
            {
                0 => null,
                1 => Steps((1500, 900), (4000, 7), (null, 250.55m)),
                _ => Steps((999.99m, 5), (2999.99m, 50), (null, 100)),
            },
            SoftCloseMinutes = random.Next(0, 6),
            SoftCloseCapMinutes = random.Next(0, 30),
            BuyNow = random.Next(4) == 0 ? Tenge(20_000) : null,
        };
    }

    private LotCommand Next() => random.Next(100) switch
    {
        < 60 => Bid(Id(0xB1D + random.Next(6)), Tenge(About())),
        < 84 => Bid(Id(0xB1D + random.Next(6)), Tenge(random.Next(1, 12_000) + (random.Next(2) * 0.37m))),
        < 86 => Buy(Id(0xB1D + random.Next(6))),
        < 88 => new WithdrawGuarantee(Id(9), Id(0xB1D + random.Next(6))),
        < 90 => Freeze(),
        < 96 => Resume,
        < 97 => Change(Describe(Terms())),
        < 98 => Bid(Seller, 9000),
        < 99 => CloseIt(),
        _ => random.Next(8) == 0 ? Cancel : Bid(Aliya, Dollars(1)),
    };

    /// <summary>Mostly with the guarantee that the lot would ask, sometimes without or with another.</summary>
    private LotCommand Guaranteed(LotCommand command) => (Lot, command) switch
    {
        (Lot.Open open, PlaceBid bid) => bid with { Facts = bid.Facts with { Guarantee = Given(open, bid.BidderId) } },
        (Lot.Open open, BuyLot buy) => buy with { Facts = buy.Facts with { Guarantee = Given(open, buy.BidderId) } },
        _ => command,
    };

    private GivenGuarantee? Given(Lot.Open lot, Guid bidder) => random.Next(10) switch
    {
        0 => null,
        1 => new(lot.Revision, random.Next(3)),
        _ => lot.GuaranteeOf(bidder),
    };

    /// <summary>Near the least that would be taken, so that an auction keeps moving to its end.</summary>
    private decimal About() => ((Lot as Lot.Open)?.Least.MinorUnits ?? 1000_00) / 100m + random.Next(0, 300);
}
