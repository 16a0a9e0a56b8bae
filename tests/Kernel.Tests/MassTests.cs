namespace Ainalym.Kernel.Tests;

public class MassTests
{
    private static Mass Kilograms(string text) => Reading.Good<Mass>(text);

    [Theory]
    [InlineData("0", 0, "0.000")]
    [InlineData("20500", 20_500_000, "20500.000")]
    [InlineData("20 500,5", 20_500_500, "20500.500")]
    [InlineData("0.001", 1, "0.001")]
    [InlineData("12,345", 12_345, "12.345")]
    [InlineData("9000000000000", 9_000_000_000_000_000, "9000000000000.000")]
    public void Kilograms_are_read_as_whole_grams(string text, long grams, string canonical)
    {
        Kilograms(text).Grams.Should().Be(grams);
        Kilograms(text).ToString().Should().Be(canonical);
    }

    [Fact]
    public void What_is_no_mass_is_refused_with_the_reason()
    {
        Reading.Refused<Mass>(null).Code.Should().Be(NumberRefusal.Missing);
        Reading.Refused<Mass>("12 t").Code.Should().Be(NumberRefusal.NotANumber);
        Reading.Refused<Mass>("0.0001").Should().Be(new Refusal(NumberRefusal.TooManyPlaces, 3));
        Reading.Refused<Mass>("-0.001").Should().Be(new Refusal(NumberRefusal.TooSmall, "0.000"));
        Reading.Refused<Mass>("9000000000000.001").Should().Be(new Refusal(NumberRefusal.TooLarge, "9000000000000.000"));
    }

    [Fact]
    public void Grams_and_tonnes_outside_the_range_throw_and_those_at_its_ends_do_not()
    {
        Mass.FromGrams(0).Should().Be(Mass.Zero);
        Mass.FromGrams(Mass.Greatest.Grams).Should().Be(Mass.Greatest);
        Mass.FromTonnes(9_000_000_000).Should().Be(Mass.Greatest);
        FluentActions.Invoking(() => Mass.FromGrams(-1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Mass.FromGrams(Mass.Greatest.Grams + 1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Mass.FromTonnes(9_000_000_001)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Mass.FromTonnes(long.MaxValue)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Mass.FromTonnes(long.MinValue)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Sums_and_differences_stay_masses_or_throw()
    {
        (Kilograms("1.5") + Kilograms("0.5")).Should().Be(Kilograms("2"));
        (Kilograms("1.5") - Kilograms("1.5")).Should().Be(Mass.Zero);
        FluentActions.Invoking(() => Kilograms("1") - Kilograms("1.001")).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Mass.Greatest + Kilograms("0.001")).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Masses_compare_by_grams()
    {
        var (less, more) = (Kilograms("1"), Kilograms("1.001"));
        (less < more && more > less && less <= more && more >= less).Should().BeTrue();
        (less > more || more < less || less >= more || more <= less).Should().BeFalse();
        less.CompareTo(more).Should().BeNegative();
    }
}
