using System.Text.Json;
using Ainalym.Market.Lots;

namespace Ainalym.Market.Tests;

public class BidderNumbersTests
{
    private static Guid Bidder(int n) => new(n, 0, 0, new byte[8]);

    [Fact]
    public void Bidders_are_numbered_from_one_in_the_order_they_came()
    {
        var numbers = Enumerable.Range(1, 300).Aggregate(BidderNumbers.None, (before, n) => before.With(Bidder(n)));
        Enumerable.Range(1, 300).Select(n => numbers.Of(Bidder(n))).Should().Equal(Enumerable.Range(1, 300).Select(n => (int?)n));
        numbers.Of(Bidder(301)).Should().BeNull();
    }

    [Fact]
    public void What_came_before_does_not_see_what_came_after()
    {
        var two = BidderNumbers.None.With(Bidder(1)).With(Bidder(2));
        two.With(Bidder(3));
        two.Of(Bidder(3)).Should().BeNull();
        two.Count.Should().Be(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public void Two_that_grow_from_the_same_one_do_not_meet(int before)
    {
        var common = Enumerable.Range(1, before).Aggregate(BidderNumbers.None, (numbers, n) => numbers.With(Bidder(n)));
        var (left, right) = (common.With(Bidder(100)), common.With(Bidder(200)));
        (left, right) = (left.With(Bidder(101)), right.With(Bidder(201)));
        (left.Of(Bidder(100)), left.Of(Bidder(101)), left.Of(Bidder(200))).Should().Be((before + 1, before + 2, null));
        (right.Of(Bidder(200)), right.Of(Bidder(201)), right.Of(Bidder(100))).Should().Be((before + 1, before + 2, null));
    }

    [Fact]
    public void They_are_read_back_as_written_and_go_on_growing()
    {
        var written = JsonSerializer.Serialize(BidderNumbers.None.With(Bidder(1)).With(Bidder(2)));
        var read = JsonSerializer.Deserialize<BidderNumbers>(written)!;
        read.Should().Be(BidderNumbers.None.With(Bidder(1)).With(Bidder(2)));
        read.With(Bidder(3)).Of(Bidder(3)).Should().Be(3);
    }
}
