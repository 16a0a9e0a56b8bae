using Ainalym.Front;
using Ainalym.Front.Demo;
using Ainalym.Identity.Organisations;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Market.Guarantees;
using Ainalym.Market.Lots;
using Ainalym.Market.Photos;
using Ainalym.Waste;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ainalym.Kill.Tests;

/// <summary>What becomes of a lot's first deal.</summary>
internal enum Course
{
    /// <summary>It goes the whole way.</summary>
    Straight,

    /// <summary>Its lot closes, and the award is complained against until it falls.</summary>
    Complained,

    /// <summary>Nobody has accepted the contract, and the time for it is over.</summary>
    NotAccepted,

    /// <summary>The buyer has not.</summary>
    BuyerSilent,

    /// <summary>Both have, and the time to pay is over.</summary>
    NotPaid,
}

/// <summary>A lot on which everybody has bid who will.</summary>
/// <param name="Winner">Who has bid most.</param>
/// <param name="Second">Who has bid most of the others.</param>
/// <param name="Deal">None where the lot has not closed yet.</param>
internal sealed record SoldLot(Guid Id, Guid Seller, Guid Winner, Guid Second, Mass Mass, Course Course, Guid? Deal = null);

/// <summary>
/// Lots, and how far their deals had come when the house was left alone three weeks ago: what has fallen due since (closes, standstills, deadlines) waits for the next process that opens it.
/// Made in a house whose clock is moved by hand.
/// </summary>
internal sealed class SoldLots(SteppingHouse stepping, IReadOnlyDictionary<string, Guid> organisations, DateTimeOffset now, int seed)
{
    public const int Bidders = 3;
    private static readonly TimeSpan Past = TimeSpan.FromDays(21);
    private static readonly string[] Sellers = ["seller-astana", "seller-shymkent", "seller-karaganda", "seller-aktobe"];
    private static readonly string[] Buyers = ["buyer", "buyer-pet", "buyer-metal", "buyer-glass", "buyer-group"];
    private static readonly Course[] Turns = [Course.Straight, Course.NotPaid, Course.Straight, Course.Complained, Course.Straight, Course.NotAccepted, Course.Straight, Course.Complained, Course.Straight, Course.BuyerSilent];

    private readonly Random random = new(seed);
    private readonly DateTimeOffset began = stepping.Now;
    private readonly DealQueries deals = new(stepping.House.Database);
    private readonly LotOrders orders = new(
        stepping.House.Grains,
        new LotFacts(new OrganisationQueries(stepping.House.Database).GroupOf, WasteModule.CodeLists, new PhotoUploads(stepping.House.Database, new PhotoShelf(stepping.House.DataFolder), stepping.House.Clock.Time), currency => currency == Currency.Kzt, stepping.House.Clock.Time),
        new GuaranteeDesk(stepping.House.Addresses, Ties.HeldGuarantees(stepping.House.Database), Ties.FreeMoney(stepping.House.Database)),
        new LotQueries(stepping.House.Database));

    private int commands;

    public static Trader Operator { get; } = Of("operator");

    public static IReadOnlyList<string> BuyersBins { get; } = [.. Buyers.Select(key => DemoOrganisations.BinOf(DemoOrganisations.All.Index().Single(demo => demo.Item.Key == key).Index).ToString())];

    /// <param name="bank">By it each buyer has paid in.</param>
    /// <param name="tenge">So much.</param>
    /// <returns>The lots, and by their ids who sells and who buys.</returns>
    public static async Task<(IReadOnlyList<SoldLot> Lots, IReadOnlyDictionary<Guid, Trader> Sellers, IReadOnlyDictionary<Guid, Trader> Buyers)> Make(string folder, Bank bank, long tenge, int count, int seed)
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var stepping = SteppingHouse.Open(FrontHost.Modules, new HouseOptions(folder), now - Past, NullLoggerFactory.Instance);
        var registered = await DemoOrganisations.Register(stepping.House.Database, stepping.House.Clock.Time);
        var organisations = registered.ToDictionary(one => one.Key, one => one.Value.Organisation, StringComparer.Ordinal);
        await bank.Tell(stepping.House, tenge);
        await stepping.House.CatchUp();
        var lots = await new SoldLots(stepping, organisations, now, seed).Make(count);
        return (lots, Sellers.ToDictionary(key => organisations[key], Of), Buyers.ToDictionary(key => organisations[key], Of));
    }

    private static Trader Of(string key) => new(role: "", bin: "") { Email = $"{key}@demo.ainalym.kz", Password = DemoOrganisations.Password };

    private async Task<IReadOnlyList<SoldLot>> Make(int count)
    {
        var lots = new List<SoldLot>();
        for (var n = 0; n < count; n++) lots.Add(await Sell(Turns[n % Turns.Length]));
        await stepping.AdvanceTo(began + Time(Course.NotPaid) + DealRules.UsualStandstill);
        for (var n = 0; n < count; n++)
        {
            if (lots[n].Course == Course.Complained) continue;
            lots[n] = lots[n] with { Deal = (await deals.OfLot(lots[n].Id, CancellationToken.None)).Single().Id };
            if (lots[n].Course is Course.BuyerSilent or Course.NotPaid) await Accept(lots[n].Deal!.Value, lots[n].Seller, Roles.Seller);
            if (lots[n].Course is Course.NotPaid) await Accept(lots[n].Deal!.Value, lots[n].Winner, Roles.Buyer);
        }

        return lots;
    }

    /// <summary>From the beginning to the close. The deals that fail have their contracts before the others' standstills end; whose award is complained against is awarded by the next process.</summary>
    private TimeSpan Time(Course course) => course switch
    {
        Course.Straight => TimeSpan.FromHours(36),
        Course.Complained => now - TimeSpan.FromHours(1) - began,
        _ => TimeSpan.FromHours(24),
    };

    private async Task<SoldLot> Sell(Course course)
    {
        var closesAt = began + Time(course);
        var (mass, price, pickUp) = (Mass.FromGrams(random.Next(18_000_000, 22_000_000)), random.Next(10_000_00, 40_000_00), DateOnly.FromDateTime(closesAt.UtcDateTime).AddDays(2));
        var seller = organisations[Sellers[random.Next(Sellers.Length)]];
        var terms = new LotTerms(LotFormat.Ascending, PricePerTonne.From(price, Currency.Kzt), closesAt, Guarantee: Share.FromPercent(5));
        var description = new LotDescription(
            seller, TextValue.Parse<GradeCode>("1.04.00"), TextValue.Parse<WasteCode>("15 01 01"), mass, MaterialForm.Bales, Share.FromPercent(8), Share.FromPercent(1), TextValue.Parse<Region>("75"), "Алматы", 43.25m, 76.95m,
            pickUp, pickUp.AddDays(3), "", terms);
        var (lot, listed) = await orders.List(NextId(), description, CallerOf(seller, Roles.Seller), CancellationToken.None);
        listed.Refusals.Should().BeEmpty();

        // Each bids more than a step above the one before, and only the last knows how much more.
        var bidders = Buyers.Select(key => organisations[key]).OrderBy(_ => random.Next()).Take(Bidders).ToList();
        foreach (var bidder in bidders)
        {
            price += random.Next(2_000_00, 6_000_00);
            (await orders.Bid(lot, NextId(), PricePerTonne.From(price, Currency.Kzt), revision: null, CallerOf(bidder, Roles.Buyer), CancellationToken.None)).Refusals.Should().BeEmpty();
        }

        return new(lot, seller, bidders[^1], bidders[^2], mass, course);
    }

    private async Task Accept(Guid deal, Guid organisation, Roles role) =>
        (await stepping.House.Grains.Handle(DealGrain.Kind, deal, new AcceptContract(NextId(), organisation), CallerOf(organisation, role))).Refusals.Should().BeEmpty();

    private static Caller CallerOf(Guid organisation, Roles role) => new(organisation, organisation, role);

    private Guid NextId() => CommandIds.Derived(stepping.Now, $"sold lots {commands++}");
}
