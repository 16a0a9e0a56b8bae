using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Market.Lots;

namespace Ainalym.Market.Tests;

/// <summary>The words the lot's tests are said in: noon is when the lot is published, one o'clock when it closes.</summary>
internal static class Words
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Close = Noon.AddHours(1);
    public static readonly Guid LotId = Id(0x1_0000);
    public static readonly Guid Seller = Id(0x5E11);
    public static readonly Guid Aliya = Id(0xA);
    public static readonly Guid Bolat = Id(0xB);
    public static readonly Guid Dana = Id(0xD);
    public static readonly Guid Holding = Id(0x401D);
    public static readonly string Salt = new('5', 64);

    public static Guid Id(int n) => new(n, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0);

    public static PricePerTonne Tenge(decimal amount) => PricePerTonne.From((long)(amount * 100), Currency.Kzt);

    public static PricePerTonne Dollars(decimal amount) => PricePerTonne.From((long)(amount * 100), Currency.Usd);

    public static StepLadder Steps(params (decimal? UpTo, decimal Step)[] bands) =>
        new([.. bands.Select(band => new StepBand(band.UpTo is { } upTo ? Tenge(upTo) : null, Tenge(band.Step)))]);

    /// <summary>Opens at 1,000 tenge, one step of 100 at every price, closes at one, 3 minutes of soft close.</summary>
    public static LotTerms Ascending { get; } = new(LotFormat.Ascending, Tenge(1000), Close, Ladder: Steps((null, 100)));

    public static LotTerms Sealed { get; } = new(LotFormat.Sealed, Tenge(1000), Close);

    public static LotTerms FixedPrice { get; } = new(LotFormat.FixedPrice, Tenge(1000), Close);

    public static LotDescription Describe(LotTerms terms) => new(
        Seller, TextValue.Parse<GradeCode>("1.04.00"), TextValue.Parse<WasteCode>("15 01 01"), Mass.FromTonnes(20), MaterialForm.Bales, Share.FromPercent(10), Share.FromPercent(1),
        TextValue.Parse<Region>("75"), "Алматы, Суюнбая 2", 43.25m, 76.95m, new DateOnly(2026, 3, 3), new DateOnly(2026, 3, 10), "Гофрокартон в кипах", terms);

    public static ListingFacts GoodFacts { get; } = new(
        Material: "paper", Classified: TextValue.Parse<WasteCode>("15 01 01"), RegionKnown: true, PaidIn: true, ListingFacts.UsualLeastAhead, ListingFacts.UsualMostAhead);

    public static ListLot List(LotDescription lot, ListingFacts? facts = null) => new(Id(1), LotId, lot) { Facts = facts ?? GoodFacts };

    public static ListLot List(LotTerms terms) => List(Describe(terms));

    public static PlaceBid Bid(Guid bidder, decimal maximum) => Bid(bidder, Tenge(maximum));

    public static PlaceBid Bid(Guid bidder, PricePerTonne maximum, int? revision = null) => new(Id(2), bidder, maximum, revision) { Facts = new BidFacts([], Salt) };

    public static BuyLot Buy(Guid bidder) => new(Id(3), bidder);

    public static CloseLot CloseIt(DateTimeOffset? due = null) => new(Id(4), due ?? Close);

    public static FreezeLot Freeze(DateTimeOffset? since = null) => new(Id(5), since);

    public static ResumeLot Resume { get; } = new(Id(6));

    public static CancelLot Cancel { get; } = new(Id(7), Seller);

    public static ChangeLot Change(LotDescription lot, ListingFacts? facts = null) => new(Id(8), lot) { Facts = facts ?? GoodFacts };
}

/// <summary>A lot with a past, and what it answers: <c>Given.Open(Ascending).And(Bid(Aliya, 2000)).When(Bid(Bolat, 1500))</c>.</summary>
internal sealed record Given(Lot Lot, DateTimeOffset Now)
{
    public static Given Nothing { get; } = new(Lot.Initial, Words.Noon);

    public static Given Open(LotTerms terms) => Nothing.And(Words.List(terms));

    /// <summary>The command was accepted.</summary>
    public Given And(LotCommand command, DateTimeOffset? at = null)
    {
        var now = at ?? Now;
        var decision = LotDecider.Decide(Lot, command, now);
        decision.Refusals.Should().BeEmpty();
        return new(decision.Events.Aggregate(Lot, (lot, @event) => lot.Evolve(@event)), now);
    }

    public Decision<LotEvent> When(LotCommand command, DateTimeOffset? at = null) => LotDecider.Decide(Lot, command, at ?? Now);

    public Lot.Open OpenLot => Lot.Should().BeOfType<Lot.Open>().Subject;
}

internal static class Answers
{
    public static void ShouldBeRefused<T>(this Decision<T> decision, Enum code, params Fact[] facts)
        where T : class
    {
        decision.Events.Should().BeEmpty();
        decision.Refusals.Should().ContainSingle().Which.Should().Be(new Refusal(code, facts));
    }

    public static T Should<T>(this Decision<DealEvent> decision)
        where T : DealEvent
    {
        decision.Refusals.Should().BeEmpty();
        return decision.Events.Should().ContainSingle().Which.Should().BeOfType<T>().Subject;
    }

    public static T Should<T>(this Decision<LotEvent> decision)
        where T : LotEvent
    {
        decision.Refusals.Should().BeEmpty();
        return decision.Events.Should().ContainSingle().Which.Should().BeOfType<T>().Subject;
    }
}
