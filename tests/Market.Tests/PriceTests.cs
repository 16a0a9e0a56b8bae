using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market.Lots;
using Ainalym.Market.Prices;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging.Abstractions;
using static Ainalym.Market.Tests.Words;

namespace Ainalym.Market.Tests;

/// <summary>Figures out of real awards: fixed-price lots bought one after another. Noon is Monday, 2 March 2026; in Kazakhstan it is 17:00.</summary>
public sealed class PriceTests : IAsyncDisposable
{
    private static readonly GradeCode Board = TextValue.Parse<GradeCode>("1.04.00");
    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-prices-").FullName;
    private readonly SteppingHouse stepping;
    private int lots;

    public PriceTests() => stepping = SteppingHouse.Open([MarketModule.Module], new HouseOptions(folder), Noon, NullLoggerFactory.Instance);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PriceQueries Prices => new(stepping.House.Database);

    public async ValueTask DisposeAsync()
    {
        await stepping.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(new[] { 900_00L, 100_00, 500_00, 600_00, 700_00 }, 600_00)]
    [InlineData(new[] { 900_00L, 100_00, 500_00, 600_00, 700_00, 800_00 }, 650_00)]
    [InlineData(new[] { 500_00L, 500_00, 500_00, 500_00, 100_00 }, 500_00)]
    [InlineData(new[] { 1_00L, 1_00, 1000_00, 1000_01, 2000_00, 2000_00 }, 1000_00)]
    public void The_median_is_the_middle_price(long[] prices, long median) =>
        Sales.Of([.. prices.Select((price, n) => Settled(price, n))]).Should().Be(new Sales(prices.Length, prices.Length * 19_000_000L, prices.Min(), median, prices.Max()));

    [Fact]
    public void Of_fewer_than_five_deals_nothing_is_said() => Sales.Of([.. Enumerable.Range(0, 4).Select(n => Settled(1000_00, n))]).Should().BeNull();

    [Fact]
    public void Of_deals_that_are_all_of_one_organisation_nothing_is_said()
    {
        SettledDeal[] five = [.. Enumerable.Range(0, 5).Select(n => Settled(1000_00, n))];
        Sales.Of([.. five.Select(deal => deal with { SellerId = five[0].SellerId })]).Should().BeNull("one sells to all");
        Sales.Of([.. five.Select(deal => deal with { BuyerId = five[0].BuyerId })]).Should().BeNull("one buys from all");
        Sales.Of([.. five[1..].Select(deal => deal with { SellerId = five[0].BuyerId }), five[0]]).Should().BeNull("one is on either side of all");
        Sales.Of([.. five[1..].Select(deal => deal with { SellerId = five[0].SellerId }), five[1]]).Should().NotBeNull("one deal is without it");
    }

    [Fact]
    public void Deals_of_those_who_belong_together_are_no_prices()
    {
        var (head, one, other, stranger) = (Id(1), Id(2), Id(3), Id(4));
        var heads = new Dictionary<Guid, Guid> { [one] = head, [other] = head };
        (Guid Seller, Guid Buyer)[] together = [(one, other), (one, head), (head, other)], apart = [(one, stranger), (stranger, head), (stranger, Id(5))];
        Sales.Independent(together.Select(Deal), heads).Should().BeEmpty();
        Sales.Independent(apart.Select(Deal), heads).Should().HaveCount(3);

        static SettledDeal Deal((Guid Seller, Guid Buyer) pair) => Settled(1000_00, 0) with { SellerId = pair.Seller.ToString("N"), BuyerId = pair.Buyer.ToString("N") };
    }

    [Fact]
    public async Task A_period_and_a_region_have_their_own_deals_only()
    {
        var weeks = PricePeriods.UpTo(Noon.AddDays(21), PriceStep.Week);
        var last = Noon.AddDays(6).AddHours(7).AddMilliseconds(-1);
        await Put(5, 1000_00, last);
        await Put(5, 3000_00, last.AddMilliseconds(1), region: "710000000");
        await Put(4, 4000_00, Noon.AddDays(14));
        await Put(5, 5000_00, Noon.AddDays(14), stage: "received");
        await Put(5, 5000_00, Noon.AddDays(14), grade: "1.02.00");
        await Put(5, 5000_00, Noon.AddDays(14), currency: "USD");
        await Put(5, 5000_00, FactText.StartOf(weeks.Starts[0]).AddMilliseconds(-1));
        await Put(5, 9000_00, Noon.AddDays(21));

        weeks.Starts.Should().HaveCount(26).And.EndWith(new DateOnly(2026, 3, 23));
        (await History(region: null)).Should().Equal((new DateOnly(2026, 3, 2), 1000_00), (new DateOnly(2026, 3, 9), 3000_00), (new DateOnly(2026, 3, 23), 9000_00));
        (await History(TextValue.Parse<Region>("71"))).Should().Equal((new DateOnly(2026, 3, 9), 3000_00));

        async Task<IEnumerable<(DateOnly, long)>> History(Region? region) =>
            (await Figures(Noon.AddDays(21)).History(Board, region, weeks, Ct)).Select(week => (weeks.Starts[week.Period], week.Sold.MedianMinor));
    }

    [Fact]
    public async Task Every_grade_of_which_enough_was_sold_of_late_has_its_price()
    {
        await Put(5, 1000_00, Noon);
        await Put(7, 2000_00, Noon, grade: "1.02.00");
        await Put(4, 2000_00, Noon, grade: "1.01.00");
        (await Figures(Noon.AddDays(90)).ByGrade(Ct)).Should().BeEquivalentTo(
            [new GradeSales("1.04.00", new(5, 95_000_000, 1000_00, 1000_00, 1000_00)), new GradeSales("1.02.00", new(7, 133_000_000, 2000_00, 2000_00, 2000_00))]);
        (await Figures(Noon.AddDays(90).AddMilliseconds(1)).ByGrade(Ct)).Should().BeEmpty();

        var affiliated = new Dictionary<Guid, Guid> { [Guid.ParseExact(Party(1), "N")] = Guid.ParseExact(Party(0), "N") };
        (await Figures(Noon.AddDays(90), affiliated).ByGrade(Ct)).Should().ContainSingle("without the deal of the affiliates there are four of the other grade").Which.Sold.Deals.Should().Be(6);
    }

    [Fact]
    public async Task Totals_count_what_is_open_and_what_was_sold_for_tenge_of_late()
    {
        await Sell(1000, Noon);
        await Sell(2000, Noon.AddDays(10));
        await Sell(5, Noon.AddDays(10), Dollars(5));
        await List(Tenge(700));
        (await Prices.Totals(Noon.AddDays(1), Ct)).Should().Be(new MarketTotals { OpenLots = 1, OpenGrams = 20_000_000, SoldLots = 1, SoldGrams = 20_000_000, SoldMinor = 40_000_00 });
        (await Prices.Totals(Noon, Ct)).SoldMinor.Should().Be(60_000_00);
        (await Prices.Totals(Noon.AddDays(11), Ct)).Should().BeEquivalentTo(new { SoldLots = 0, SoldGrams = 0, SoldMinor = 0 });
    }

    [Fact]
    public async Task The_lots_behind_the_figures_come_latest_first_page_by_page()
    {
        for (var n = 1; n <= 5; n++) await Sell(n * 100, Noon.AddMinutes(n / 2));
        var first = await Prices.Lately(Board, before: null, 3, Ct);
        var rest = await Prices.Lately(Board, new Cursor(first[^1].EndedAtMs!.Value, first[^1].LotId), 3, Ct);
        first.Concat(rest).Select(lot => lot.AwardPriceMinor!.Value).Should().HaveCount(5).And.OnlyHaveUniqueItems();
        first.Concat(rest).Select(lot => lot.EndedAtMs).Should().BeInDescendingOrder();
        (await Prices.Lately(TextValue.Parse<GradeCode>("1.02.00"), before: null, 3, Ct)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(PriceStep.Day, 30, "2026-03-03")]
    [InlineData(PriceStep.Week, 26, "2026-03-02")]
    [InlineData(PriceStep.Month, 12, "2026-03-01")]
    public void The_last_period_has_today_in_it_by_the_calendar_of_Kazakhstan(PriceStep step, int count, string last)
    {
        var periods = PricePeriods.UpTo(new DateTimeOffset(2026, 3, 2, 19, 0, 0, TimeSpan.Zero), step);
        periods.Starts.Should().HaveCount(count).And.BeInAscendingOrder();
        periods.Starts[^1].Should().Be(DateOnly.Parse(last, System.Globalization.CultureInfo.InvariantCulture));
        DateTimeOffset.FromUnixTimeMilliseconds(periods.StartsMs.Last()).Should().Be(new DateTimeOffset(periods.Starts[^1], TimeOnly.MinValue, TimeSpan.FromHours(5)));
    }

    private async Task<Guid> List(PricePerTonne price)
    {
        var id = CommandIds.Derived(Noon, $"lot {lots++}");
        var lot = Describe(FixedPrice with { Opening = price, ClosesAt = stepping.Now.AddHours(1) }) with { PickUpFrom = DateOnly.FromDateTime(stepping.Now.Date).AddDays(2), PickUpTo = DateOnly.FromDateTime(stepping.Now.Date).AddDays(9) };
        var receipt = await stepping.House.Grains.Handle(LotGrain.Kind, id, new ListLot(CommandIds.Derived(Noon, $"list {lots}"), id, lot) { Facts = GoodFacts }, new Caller(Id(0x11), Seller, Roles.Seller), Ct);
        receipt.Refusals.Should().BeEmpty();
        return id;
    }

    private Task Sell(decimal price, DateTimeOffset at) => Sell(price, at, Tenge(price));

    private async Task Sell(decimal price, DateTimeOffset at, PricePerTonne opening)
    {
        await stepping.AdvanceTo(at, Ct);
        var id = await List(opening);
        var receipt = await stepping.House.Grains.Handle(LotGrain.Kind, id, new BuyLot(CommandIds.Derived(Noon, $"buy {lots}"), Aliya) { Facts = new BidFacts([], Salt) }, new Caller(Id(0x12), Aliya, Roles.Buyer), Ct);
        receipt.Refusals.Should().BeEmpty($"the lot for {price} is bought");
    }

    private MarketFigures Figures(DateTimeOffset at, Dictionary<Guid, Guid>? heads = null) => new(
        Prices, _ => Task.FromResult<IReadOnlyDictionary<Guid, Guid>>(heads ?? []), new MemoryCache(new MemoryCacheOptions()), new SteppingTime(at));

    /// <summary>The rows of deals as settlement leaves them.</summary>
    private async Task Put(int deals, long price, DateTimeOffset at, string grade = "1.04.00", string region = "750000000", string stage = "settled", string currency = "KZT")
    {
        for (var n = 0; n < deals; n++)
        {
            var values = new { id = Id(0x5000 + lots++).ToString("N"), grade, key = TextValue.Parse<GradeCode>(grade).Folded, region, stage, currency, price, at = at.ToUnixTimeMilliseconds(), seller = Party(2 * n), buyer = Party((2 * n) + 1) };
            await stepping.House.Database.Write(writing => writing.Run(
                """
                INSERT INTO deals (deal_id, lot_id, seller_id, buyer_id, buyer_number, grade, grade_key, region, mass_g, currency, price_minor, amount_minor, guarantee_minor, opened_at_ms, stage, seller_turn, buyer_turn,
                    operator_turn, version, changed_at_ms, settled_minor, net_g)
                VALUES (@id, @id, @seller, @buyer, 1, @grade, @key, @region, 20000000, @currency, @price, @price, 0, @at, @stage, 0, 0, 0, 9, @at, @price, 19000000)
                """, values), Ct);
        }
    }

    private static string Party(int n) => Id(0x100 + n).ToString("N");

    private static SettledDeal Settled(long price, int n) =>
        new() { Grade = "1.04.00", SellerId = Party(2 * n), BuyerId = Party((2 * n) + 1), PriceMinor = price, NetG = 19_000_000, AtMs = Noon.ToUnixTimeMilliseconds() };
}
