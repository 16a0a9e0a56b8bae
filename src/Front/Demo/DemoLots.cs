using Ainalym.Contracts.CodeLists;
using Ainalym.Identity.Organisations;
using Ainalym.Identity.Registrations;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Guarantees;
using Ainalym.Market.Lots;
using Ainalym.Market.Photos;
using Ainalym.Waste;

namespace Ainalym.Front.Demo;

/// <summary>
/// The demo's lots: every grade of the catalogue, all regions in turn, auctions at every stage, one closing in minutes. Sent as commands at their times, in a house whose clock is
/// moved by hand. Prices are ILLUSTRATIVE: an order of size for the material, spread by a seeded die, so that each demo is the same country.
/// </summary>
internal sealed class DemoLots(SteppingHouse stepping, PhotoShelf photos, IReadOnlyDictionary<string, Registered> organisations, Func<Guid, Money, Task> topUp, DateTimeOffset now)
{
    private static readonly TimeSpan SoonToClose = TimeSpan.FromMinutes(12);
    private const int PastNumber = 1_000;
    private static readonly string[] Sellers = ["seller", "seller-astana", "seller-shymkent", "seller-karaganda", "seller-aktobe"];
    private static readonly string[] Buyers = ["buyer", "buyer-pet", "buyer-metal", "buyer-glass"];
    private static readonly MaterialForm[] Forms = [MaterialForm.Bales, MaterialForm.Loose, MaterialForm.BigBags, MaterialForm.Containers];

    private readonly Random die = new(2026);
    private readonly LotQueries lots = new(stepping.House.Database);
    private readonly DateTimeOffset began = stepping.Now;
    private readonly DateTimeOffset lately = now - TimeSpan.FromDays(14);
    private readonly LotFacts facts = new(
        new OrganisationQueries(stepping.House.Database).GroupOf, WasteModule.CodeLists, new PhotoUploads(stepping.House.Database, photos, stepping.House.Clock.Time), currency => currency == Currency.Kzt, stepping.House.Clock.Time);

    private int commands;

    private LotOrders Orders => new(stepping.House.Grains, facts, new GuaranteeDesk(stepping.House.Addresses, Ties.HeldGuarantees(stepping.House.Database), Ties.FreeMoney(stepping.House.Database)), lots);

    /// <summary>Plays the half-year up to now: weekly sales of some grades, then the lots that are on the board.</summary>
    public async Task Play(CancellationToken ct = default)
    {
        var plans = Past().Concat(Plans()).ToList();
        var deals = new DemoDeals(stepping, new PhotoUploads(stepping.House.Database, photos, stepping.House.Clock.Time), organisations, topUp);
        var steps = new PriorityQueue<Func<Task>, (DateTimeOffset At, int Order)>();
        foreach (var plan in plans)
        {
            steps.Enqueue(() => List(plan, ct), (plan.ListedAt, 0));
            var until = plan.ClosesAt < now ? plan.ClosesAt : now;
            for (var n = 0; n < plan.Bids; n++)
            {
                var at = plan.ListedAt + ((until - plan.ListedAt) / 1000 * die.Next(1, 1000));
                var buyer = Buyers[die.Next(Buyers.Length)];
                steps.Enqueue(() => Offer(plan, buyer, ct), (at, 1));
            }

            foreach (var (at, step) in deals.StepsOf(plan).Where(step => step.At < now)) steps.Enqueue(step, (at, 2));
        }

        while (steps.TryDequeue(out var step, out var when))
        {
            await stepping.AdvanceTo(when.At, ct);
            await step();
        }

        await stepping.AdvanceTo(now, ct);
        await Freeze(plans.First(plan => plan.ClosesAt > now + TimeSpan.FromDays(3)), ct);
    }

    private IEnumerable<DemoLot> Plans()
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var codes = WasteModule.CodeLists;
        var regions = codes.Regions.On(today).ToList();
        foreach (var (n, grade) in codes.Grades.On(today).Index())
        {
            DemoFate? fate = n % 4 == 3 ? DemoFates.Of(n / 4) : null;
            var listedAt = lately + TimeSpan.FromMinutes(die.Next(1, 18_000));
            var closesAt = n == 0 ? now + SoonToClose : now + TimeSpan.FromMinutes(die.Next(60, 20_000));
            if (fate is { } ended)
            {
                closesAt = now - DemoFates.SinceAward(ended) - TimeSpan.FromMinutes(die.Next(10, 90));
                listedAt = closesAt - TimeSpan.FromMinutes(die.Next(3_000, 12_000));
            }

            var sold = fate is not (null or DemoFate.Open);
            var format = sold ? LotFormat.Ascending : n % 7 == 5 ? LotFormat.Sealed : n % 9 == 4 ? LotFormat.FixedPrice : LotFormat.Ascending;
            var price = Prices(grade.Family) * die.Next(80, 121) / 100;
            yield return new DemoLot(
                n, Sellers[n % Sellers.Length], grade, codes.Find(grade.UsualWasteCode, today)!.Code, regions[n % regions.Count], format, price, listedAt, closesAt,
                Bids: n == 0 ? 9 : sold ? die.Next(4, 9) : format == LotFormat.Ascending ? die.Next(0, 8) : n % 2,
                HasReserve: n % 3 == 1 && format != LotFormat.FixedPrice && !sold, HasBuyNow: n % 5 == 2 && format == LotFormat.Ascending && !sold, Forms[n % Forms.Length], Tonnes: die.Next(5, 61), fate ?? DemoFate.Open);
        }
    }

    /// <summary>Lots of the first grade of each material family, a few of which are sold much more than the others and in their own region, at a price that goes its way up and down.</summary>
    private IEnumerable<DemoLot> Past()
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var codes = WasteModule.CodeLists;
        var regions = codes.Regions.On(today).ToList();
        foreach (var (n, grade) in codes.Grades.On(today).DistinctBy(grade => grade.Family).Index())
        {
            var price = Prices(grade.Family);
            var (hours, home) = n % 6 == 0 ? (52, regions[n * 3 % regions.Count]) : (200, null);
            for (var listedAt = began + TimeSpan.FromHours(1 + die.Next(80)); listedAt < lately; listedAt += TimeSpan.FromHours(hours + die.Next(hours)))
            {
                price = price * die.Next(93, 109) / 100;
                var closesAt = listedAt + TimeSpan.FromMinutes(die.Next(1_500, 4_000));
                yield return new DemoLot(
                    PastNumber + n, Sellers[die.Next(Sellers.Length)], grade, codes.Find(grade.UsualWasteCode, today)!.Code, home is not null && die.Next(3) > 0 ? home : regions[die.Next(regions.Count)], LotFormat.Ascending, price, listedAt, closesAt,
                    Bids: die.Next(1, 5), HasReserve: false, HasBuyNow: false, Forms[n % Forms.Length], Tonnes: die.Next(5, 61), DemoFate.Settled);
            }
        }
    }

    private async Task List(DemoLot plan, CancellationToken ct)
    {
        var seller = CallerOf(plan.Seller);
        var terms = new LotTerms(plan.Format, Tenge(plan.Price), plan.ClosesAt, plan.HasReserve ? Tenge(plan.Price * 115 / 100) : null, BuyNow: plan.HasBuyNow ? Tenge(plan.Price * 3 / 2) : null,
            Guarantee: plan.Number < PastNumber ? Share.FromPercent(LotPublishing.GuaranteePercentUsual) : null);
        var pickUp = DateOnly.FromDateTime(plan.ClosesAt.UtcDateTime).AddDays(2);
        var description = new LotDescription(
            seller.Organisation, plan.Grade.Code, plan.Waste, Mass.FromTonnes(plan.Tonnes), plan.Form,
            Share.FromPercent(die.Next(1, 9)), Share.FromPercent(die.Next(0, 5)), plan.Region.Code, plan.Region.CentreRu, plan.Region.Centre.Latitude, plan.Region.Centre.Longitude,
            pickUp, pickUp.AddDays(10), "Демонстрационный лот; цена ILLUSTRATIVE.", terms);
        var id = NextId();
        plan.LotId = LotIds.From(id, seller);
        await Send(plan, new ListLot(id, plan.LotId, description) { Facts = await facts.ForListing(description, ct) }, seller, ct);
    }

    /// <summary>A bid some way above the least, or the purchase; nothing when the lot is already gone.</summary>
    private async Task Offer(DemoLot plan, string buyer, CancellationToken ct)
    {
        if (await lots.Lot(plan.LotId, ct) is not { Status: "open" } lot) return;
        var caller = CallerOf(buyer);
        if (plan.Format == LotFormat.FixedPrice)
        {
            await Guaranteed(plan, caller, () => Orders.Buy(plan.LotId, NextId(), revision: null, caller, ct));
            return;
        }

        var own = await lots.OwnOf(plan.LotId, caller.Organisation, ct);
        if (plan.Format == LotFormat.Sealed && own.BidderNumber is not null) return;
        var least = Math.Max(LotAnswer.Least(lot)!.Value.MinorUnits, own.MaximumMinor is { } maximum ? maximum + 100_00 : 0);
        var offer = (least + (least * die.Next(0, 12) / 100)) / 100_00 * 100_00;
        await Guaranteed(plan, caller, () => Orders.Bid(plan.LotId, NextId(), PricePerTonne.From(Math.Max(offer, least), Currency.Kzt), revision: null, caller, ct));
    }

    /// <summary>Who has too little for the guarantee pays in first.</summary>
    private async Task Guaranteed(DemoLot plan, Caller caller, Func<Task<Receipt<LotEvent>>> send)
    {
        var receipt = await send();
        if (receipt.Refusal is { Code: LotRefusal.GuaranteeShort } wanting)
        {
            await topUp(caller.Organisation, TextValue.Parse<Money>(wanting.Facts[0].Value));
            receipt = await send();
        }

        Check(plan, receipt);
    }

    private async Task Freeze(DemoLot plan, CancellationToken ct) => await Send(plan, new FreezeLot(NextId()), CallerOf("operator"), ct);

    private async Task Send(DemoLot plan, LotCommand command, Caller caller, CancellationToken ct) => Check(plan, await stepping.House.Grains.Handle(LotGrain.Kind, plan.LotId, command, caller, ct));

    private static void Check(DemoLot plan, Receipt<LotEvent> receipt)
    {
        if (receipt.Refusal is not null)
            throw new InvalidOperationException($"The demo's command on lot {plan.Number} ({plan.Grade.Code}) is refused: {string.Join("; ", receipt.Refusals.Select(refusal => $"{refusal.Field} {refusal}"))}.");
    }

    private Guid NextId() => CommandIds.Derived(stepping.Now, $"demo {commands++}");

    private Caller CallerOf(string key)
    {
        var registered = organisations[key];
        return new Caller(registered.User, registered.Organisation, DemoOrganisations.All.Single(demo => demo.Key == key).Role);
    }

    private static PricePerTonne Tenge(long tenge) => PricePerTonne.From(tenge / 100 * 100 * 100, Currency.Kzt);

    /// <summary>Tenge per tonne; ILLUSTRATIVE.</summary>
    private static long Prices(string family) => family switch
    {
        "paper" => 45_000,
        "plastic" => 160_000,
        "glass" => 14_000,
        "ferrous" => 125_000,
        "stainless" => 520_000,
        "aluminium" => 780_000,
        "copper" => 3_400_000,
        "brass/bronze" => 2_300_000,
        "zinc" => 800_000,
        "lead" or "mixed non-ferrous" => 700_000,
        "lead-acid batteries" or "batteries" => 250_000,
        "cable" or "catalysts" => 1_500_000,
        "weee" => 180_000,
        "used oil" => 90_000,
        "textile" or "rubber" => 40_000,
        _ => 20_000,
    };
}

/// <summary>What will happen to one lot of the demo.</summary>
internal sealed record DemoLot(
    int Number, string Seller, Grade Grade, WasteCode Waste, RegionEntry Region, LotFormat Format, long Price, DateTimeOffset ListedAt, DateTimeOffset ClosesAt,
    int Bids, bool HasReserve, bool HasBuyNow, MaterialForm Form, int Tonnes, DemoFate Fate)
{
    public Guid LotId { get; set; }
}
