using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market.Lots;
using Ainalym.Market.Prices;
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

    [Fact]
    public async Task A_period_has_its_own_sales_only_and_periods_without_any_are_left_out()
    {
        await Sell(1000, Noon);
        await Sell(1200, Noon.AddDays(6).AddHours(6).AddMinutes(59));
        await Sell(3000, Noon.AddDays(6).AddHours(7));
        await Sell(9000, Noon.AddDays(21));

        var weeks = PricePeriods.UpTo(Noon.AddDays(21), PriceStep.Week);
        weeks.Starts.Should().HaveCount(26).And.EndWith(new DateOnly(2026, 3, 23));
        var history = await Prices.History(Board, weeks, Ct);
        history.Select(week => (weeks.Starts[(int)week.Period], week.Lots, week.LowestMinor, week.HighestMinor)).Should().Equal(
            (new DateOnly(2026, 3, 2), 2, 1000_00, 1200_00), (new DateOnly(2026, 3, 9), 1, 3000_00, 3000_00), (new DateOnly(2026, 3, 23), 1, 9000_00, 9000_00));
    }

    [Theory]
    [InlineData(new[] { 700 }, 700_00)]
    [InlineData(new[] { 900, 100, 500 }, 500_00)]
    [InlineData(new[] { 900, 100, 500, 600 }, 550_00)]
    [InlineData(new[] { 500, 500, 500, 100 }, 500_00)]
    public async Task The_median_is_the_middle_price(int[] prices, long median)
    {
        foreach (var price in prices) await Sell(price, Noon);
        var sales = (await Prices.ByGrade(Noon.AddDays(-1), Ct)).Should().ContainSingle().Subject;
        sales.Should().BeEquivalentTo(new { Grade = "1.04.00", Material = "paper", Lots = (long)prices.Length, Grams = prices.Length * 20_000_000L, MedianMinor = median, LowestMinor = prices.Min() * 100L, HighestMinor = prices.Max() * 100L });
    }

    [Fact]
    public async Task Between_two_middle_prices_half_a_tiyn_is_dropped()
    {
        await Sell(1000.00m, Noon);
        await Sell(1000.01m, Noon);
        (await Prices.ByGrade(Noon, Ct)).Single().MedianMinor.Should().Be(1000_00);
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
}
