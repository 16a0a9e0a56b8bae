namespace Ainalym.Kernel.Tests;

public class SplitTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 300)];

    [Fact]
    public void Each_has_his_share_and_the_seller_the_rest() =>
        Split.Of(Tenge(1000), new SplitPart(Share.FromPercent(2)), new SplitPart(Share.FromMillionths(5_000)))
            .Should().Equal(Tenge(20), Tenge(5), Tenge(975));

    /// <summary>A third of 100.00 three times: the tiyn that is left goes to the first of the equal ones.</summary>
    [Fact]
    public void The_tiyn_that_is_left_goes_to_who_lost_most_and_of_equals_to_the_first()
    {
        var third = Share.FromMillionths(333_333);
        Split.Of(Tenge(100), new SplitPart(third), new SplitPart(third)).Should().Equal(Tenge(33.33m), Tenge(33.33m), Tenge(33.34m));
        var quarter = Share.FromPercent(25);
        Split.Of(Tenge(0.02m), new SplitPart(quarter), new SplitPart(quarter), new SplitPart(quarter))
            .Should().Equal(Tenge(0.01m), Tenge(0.01m), Tenge(0), Tenge(0));
    }

    [Fact]
    public void What_a_cap_takes_goes_to_the_rest() =>
        Split.Of(Tenge(1000), new SplitPart(Share.FromPercent(10), Tenge(30)), new SplitPart(Share.FromPercent(10), Tenge(100)))
            .Should().Equal(Tenge(30), Tenge(100), Tenge(870));

    [Fact]
    public void More_than_all_cannot_be_given()
    {
        var over = () => Split.Of(Tenge(1), new SplitPart(Share.FromPercent(100)), new SplitPart(Share.FromMillionths(1)));
        over.Should().Throw<ArgumentException>().WithMessage("*1000001 millionths*");
        var negative = () => Split.Of(Tenge(-1));
        negative.Should().Throw<ArgumentOutOfRangeException>();
        var cap = () => Split.Of(Tenge(1), new SplitPart(Share.FromPercent(1), Tenge(-1)));
        cap.Should().Throw<ArgumentException>().WithMessage("*cap*");
        var other = () => Split.Of(Tenge(1), new SplitPart(Share.FromPercent(1), new Money(1, Currency.Usd)));
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
            return new SplitPart(Share.FromMillionths(share));
        }).ToList();

        var split = Split.Of(whole, parts);
        split.Aggregate(Int128.Zero, (sum, part) => sum + part.MinorUnits).Should().Be(whole.MinorUnits);
        foreach (var (amount, millionths) in split.Zip([.. parts.Select(part => part.Share.Millionths), left]))
            Int128.Abs(((Int128)amount.MinorUnits * 1_000_000) - ((Int128)whole.MinorUnits * millionths)).Should().BeLessThan(1_000_000);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void With_caps_too_every_tiyn_goes_to_somebody_and_only_the_rest_has_more_than_its_share(int seed)
    {
        var random = new Random(seed);
        var whole = new Money(random.Next(4) == 0 ? random.NextInt64(long.MaxValue) : random.Next(0, 5_000), Currency.Kzt);
        var shares = Enumerable.Range(0, random.Next(1, 6)).Select(_ => new SplitPart(Share.FromMillionths(random.Next(0, 200_000)))).ToList();
        var capped = shares.ConvertAll(part => random.Next(2) == 0 ? part : part with { Most = new Money(random.NextInt64((whole.MinorUnits / 2) + 1), Currency.Kzt) });

        var (free, split) = (Split.Of(whole, shares), Split.Of(whole, capped));
        split.Aggregate(Int128.Zero, (sum, part) => sum + part.MinorUnits).Should().Be(whole.MinorUnits);
        for (var n = 0; n < capped.Count; n++) split[n].Should().Be(capped[n].Most is { } most && most < free[n] ? most : free[n], "{0}", capped[n]);
        split[^1].MinorUnits.Should().BeGreaterThanOrEqualTo(free[^1].MinorUnits);
    }

    private static Money Tenge(decimal amount) => new((long)(amount * 100), Currency.Kzt);
}
