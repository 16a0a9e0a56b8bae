using Ainalym.Contracts.Settlement;
using Ainalym.Kernel;
using Ainalym.Settlement.Ledgers;
using static Ainalym.Settlement.Tests.Words;

namespace Ainalym.Settlement.Tests;

public class SplitTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 300)];

    [Fact]
    public void Each_has_his_share_and_the_seller_the_rest() =>
        Split.Of(Tenge(1000), Aliya, new SplitPart(AccountId.PlatformFee, Share.FromPercent(2)), new SplitPart(AccountId.EprFund, Share.FromMillionths(5_000)))
            .Should().Equal((AccountId.PlatformFee, Tenge(20)), (AccountId.EprFund, Tenge(5)), (Aliya, Tenge(975)));

    /// <summary>A third of 100.00 three times: the tiyn that is left goes to the first of the equal ones.</summary>
    [Fact]
    public void The_tiyn_that_is_left_goes_to_who_lost_most_and_of_equals_to_the_first()
    {
        var third = Share.FromMillionths(333_333);
        Split.Of(Tenge(100), Bolat, new SplitPart(AccountId.PlatformFee, third), new SplitPart(AccountId.Vat, third)).Select(part => part.Amount).Should().Equal(Tenge(33.33m), Tenge(33.33m), Tenge(33.34m));
        var quarter = Share.FromPercent(25);
        Split.Of(Tenge(0.02m), Bolat, new SplitPart(AccountId.PlatformFee, quarter), new SplitPart(AccountId.Vat, quarter), new SplitPart(AccountId.EprFund, quarter))
            .Select(part => part.Amount).Should().Equal(Tenge(0.01m), Tenge(0.01m), Tenge(0), Tenge(0));
    }

    [Fact]
    public void What_a_cap_takes_goes_to_the_rest() =>
        Split.Of(Tenge(1000), Aliya, new SplitPart(AccountId.PlatformFee, Share.FromPercent(10), Tenge(30)), new SplitPart(AccountId.Vat, Share.FromPercent(10), Tenge(100)))
            .Select(part => part.Amount).Should().Equal(Tenge(30), Tenge(100), Tenge(870));

    [Fact]
    public void More_than_all_cannot_be_given()
    {
        var over = () => Split.Of(Tenge(1), Aliya, new SplitPart(Bolat, Share.FromPercent(100)), new SplitPart(AccountId.Vat, Share.FromMillionths(1)));
        over.Should().Throw<ArgumentException>().WithMessage("*1000001 millionths*");
        var negative = () => Split.Of(Tenge(-1), Aliya);
        negative.Should().Throw<ArgumentOutOfRangeException>();
        var cap = () => Split.Of(Tenge(1), Aliya, new SplitPart(Bolat, Share.FromPercent(1), Tenge(-1)));
        cap.Should().Throw<ArgumentException>().WithMessage("*cap*");
        var other = () => Split.Of(Tenge(1), Aliya, new SplitPart(Bolat, Share.FromPercent(1), new Money(1, Currency.Usd)));
        other.Should().Throw<InvalidOperationException>("a cap in dollars caps no tenge");
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Every_tiyn_goes_to_somebody_and_nobody_is_a_tiyn_off(int seed)
    {
        var random = new Random(seed);
        var whole = new Money(random.Next(4) == 0 ? random.NextInt64(long.MaxValue) : random.Next(0, 5_000), Currency.Kzt);
        var left = 1_000_000;
        var parts = Enumerable.Range(0, random.Next(0, 6)).Select(_ =>
        {
            var share = random.Next(0, left + 1);
            left -= share;
            return new SplitPart(AccountId.Vat, Share.FromMillionths(share));
        }).ToList();

        var split = Split.Of(whole, Aliya, parts);
        split.Aggregate(Int128.Zero, (sum, part) => sum + part.Amount.MinorUnits).Should().Be(whole.MinorUnits);
        foreach (var ((_, amount), millionths) in split.Zip([.. parts.Select(part => part.Share.Millionths), left]))
            Int128.Abs(((Int128)amount.MinorUnits * 1_000_000) - ((Int128)whole.MinorUnits * millionths)).Should().BeLessThan(1_000_000);
    }
}
