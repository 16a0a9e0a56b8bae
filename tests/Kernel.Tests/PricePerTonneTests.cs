namespace Ainalym.Kernel.Tests;

public class PricePerTonneTests
{
    private static PricePerTonne Price(string text) => Reading.Good<PricePerTonne>(text);

    private static string Amount(string price, string kilograms) => Price(price).For(Reading.Good<Mass>(kilograms)).ToString();

    [Theory]
    [InlineData("45000", "45000.00 KZT")]
    [InlineData("45 000,50 kzt", "45000.50 KZT")]
    [InlineData("0", "0.00 KZT")]
    [InlineData("120.5 USD", "120.50 USD")]
    public void A_price_is_read_with_its_currency(string text, string canonical) => Price(text).ToString().Should().Be(canonical);

    [Fact]
    public void A_price_is_zero_or_more()
    {
        Reading.Refused<PricePerTonne>("-0.01").Should().Be(new Refusal(NumberRefusal.TooSmall, "0.00"));
        PricePerTonne.From(0, Currency.Kzt).Should().Be(Price("0"));
        FluentActions.Invoking(() => PricePerTonne.From(-1, Currency.Kzt)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData("45000.00", "20500", "922500.00 KZT")]
    [InlineData("0.01", "499.999", "0.00 KZT")]
    [InlineData("0.01", "500", "0.01 KZT")]
    [InlineData("0.01", "500.001", "0.01 KZT")]
    [InlineData("0.03", "500", "0.02 KZT")]
    [InlineData("583.40", "25", "14.59 KZT")]
    [InlineData("1.00", "0.004", "0.00 KZT")]
    [InlineData("1.00", "0.005", "0.00 KZT")]
    [InlineData("1000.00", "0.005", "0.01 KZT")]
    [InlineData("1000.00", "0.004", "0.00 KZT")]
    [InlineData("10.00 USD", "1234.5", "12.35 USD")]
    [InlineData("45000.00", "0", "0.00 KZT")]
    public void The_amount_is_rounded_once_half_away_from_zero(string price, string kilograms, string amount) => Amount(price, kilograms).Should().Be(amount);

    [Fact]
    public void The_greatest_amount_is_found_and_one_beyond_it_overflows_loudly()
    {
        PricePerTonne.From(long.MaxValue, Currency.Kzt).For(Mass.FromTonnes(1)).MinorUnits.Should().Be(long.MaxValue);
        FluentActions.Invoking(() => PricePerTonne.From(long.MaxValue, Currency.Kzt).For(Mass.FromGrams(1_000_001))).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => PricePerTonne.From(long.MaxValue, Currency.Kzt).For(Mass.Greatest)).Should().Throw<OverflowException>();
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 200)];

    /// <summary>The same by decimal arithmetic, which is exact at these sizes.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void The_amount_agrees_with_decimal_arithmetic(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 100; i++)
        {
            var price = PricePerTonne.From(random.NextInt64(1_000_000_000), Currency.Kzt);
            var mass = Mass.FromGrams(random.Next(2) == 0 ? random.NextInt64(1_000_000_000_000) : random.NextInt64(2_000_000) * 500);
            var exact = price.MinorUnits * (decimal)mass.Grams / Mass.GramsPerTonne;
            price.For(mass).MinorUnits.Should().Be((long)Math.Round(exact, MidpointRounding.AwayFromZero));
        }
    }

    [Fact]
    public void Prices_of_two_currencies_never_mix()
    {
        FluentActions.Invoking(() => Price("1 KZT") + Price("1 EUR")).Should().Throw<InvalidOperationException>();
        FluentActions.Invoking(() => PricePerTonne.Min(Price("1 KZT"), Price("1 EUR"))).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Prices_add_up_and_compare()
    {
        var (less, more) = (Price("1"), Price("1.01"));
        (less + Price("0.01")).Should().Be(more);
        PricePerTonne.Min(less, more).Should().Be(less);
        PricePerTonne.Max(less, more).Should().Be(more);
        (less < more && more > less && less <= more && more >= less).Should().BeTrue();
        (less > more || more < less || less >= more || more <= less).Should().BeFalse();
        FluentActions.Invoking(() => PricePerTonne.From(long.MaxValue, Currency.Kzt) + less).Should().Throw<OverflowException>();
    }
}
