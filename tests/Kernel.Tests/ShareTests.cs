namespace Ainalym.Kernel.Tests;

public class ShareTests
{
    [Theory]
    [InlineData("2.5", 25_000, "2.5000")]
    [InlineData("2,5 %", 25_000, "2.5000")]
    [InlineData("2,5%", 25_000, "2.5000")]
    [InlineData("0", 0, "0.0000")]
    [InlineData("100", 1_000_000, "100.0000")]
    [InlineData("0.0001", 1, "0.0001")]
    public void Percent_are_read_as_millionths(string text, long millionths, string canonical)
    {
        var share = Reading.Good<Share>(text);
        share.Millionths.Should().Be(millionths);
        share.ToString().Should().Be(canonical);
    }

    [Fact]
    public void What_is_no_share_is_refused_with_the_reason()
    {
        Reading.Refused<Share>("").Code.Should().Be(NumberRefusal.Missing);
        Reading.Refused<Share>("%").Code.Should().Be(NumberRefusal.Missing);
        Reading.Refused<Share>("2.5%%").Code.Should().Be(NumberRefusal.NotANumber);
        Reading.Refused<Share>("2% 5").Code.Should().Be(NumberRefusal.NotANumber);
        Reading.Refused<Share>("0.00001").Should().Be(new Refusal(NumberRefusal.TooManyPlaces, 4));
        Reading.Refused<Share>("100.0001").Should().Be(new Refusal(NumberRefusal.TooLarge, "100.0000"));
        Reading.Refused<Share>("-0.0001").Should().Be(new Refusal(NumberRefusal.TooSmall, "0.0000"));
    }

    [Fact]
    public void Shares_are_made_within_their_range_only()
    {
        Share.FromMillionths(1_000_000).Should().Be(Share.FromPercent(100));
        Share.FromPercent(0).Should().Be(default(Share));
        FluentActions.Invoking(() => Share.FromPercent(101)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Share.FromPercent(-1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Share.FromPercent(int.MaxValue)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Share.FromMillionths(1_000_001)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_share_is_also_a_fraction_and_compares()
    {
        Reading.Good<Share>("2.5").Fraction.Should().Be(0.025m);
        Reading.Good<Share>("2.5").CompareTo(Reading.Good<Share>("2.4999")).Should().BePositive();
    }
}
