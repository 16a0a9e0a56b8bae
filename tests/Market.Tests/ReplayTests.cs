using System.Globalization;
using Ainalym.Kernel;
using Ainalym.Market.Lots;
using static Ainalym.Market.Tests.Words;

namespace Ainalym.Market.Tests;

/// <summary>The rule against history: 284 real ascending auctions (tests/data/SOURCE.md).</summary>
public class ReplayTests
{
    private sealed record Sale(PricePerTonne Opening, PricePerTonne Recorded, IReadOnlyList<(Guid Bidder, PricePerTonne Maximum)> Bids);

    [Fact]
    public void The_rule_gives_the_price_of_at_least_259_real_auctions()
    {
        var ladder = new StepLadder([.. Lines("step-ladder.csv").Select(line => new StepBand(line[0].Length == 0 ? null : Price(line[0]), Price(line[1])))]);
        Sale[] sales = [.. Lines("real-auctions.csv").GroupBy(line => line[0]).Select(lines => new Sale(
            Price(lines.First()[3]), Price(lines.First()[4]), [.. lines.Select(line => (Id(int.Parse(line[7].AsSpan(1), CultureInfo.InvariantCulture)), Price(line[8])))]))];
        sales.Should().HaveCount(284);

        sales.Count(sale => Sell(sale, ladder) == sale.Recorded).Should().BeGreaterThanOrEqualTo(259);
    }

    private static PricePerTonne? Sell(Sale sale, StepLadder ladder)
    {
        var terms = new LotTerms(LotFormat.Ascending, sale.Opening, Close, Ladder: ladder, SoftCloseMinutes: 0);
        var given = Given.Nothing.And(List(Describe(terms) with { Mass = Mass.FromTonnes(1) }));
        foreach (var (bidder, maximum) in sale.Bids)
        {
            var bid = Bid(bidder, maximum);
            if (given.When(bid).Refusal is null) given = given.And(bid);
        }

        return given.When(CloseIt(), at: Close).Events[0] is LotAwarded award ? award.Price : null;
    }

    private static PricePerTonne Price(string dollars) => TextValue.Parse<PricePerTonne>(dollars + " USD");

    private static IEnumerable<string[]> Lines(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", file)).Skip(1).Select(line => line.Split(','));
}
