namespace Ainalym.Kernel.Tests;

public class MoneyTests
{
    private static Money Of(string text) => Reading.Good<Money>(text);

    [Theory]
    [InlineData("18450.00 KZT", "18450.00 KZT")]
    [InlineData("18 450,5", "18450.50 KZT")]
    [InlineData("5KZT", "5.00 KZT")]
    [InlineData("5 kzt", "5.00 KZT")]
    [InlineData("5 КZТ", "5.00 KZT")]
    [InlineData("-0.01 USD", "-0.01 USD")]
    [InlineData("100EUR ", "100.00 EUR")]
    [InlineData("-92233720368547758.08 KZT", "-92233720368547758.08 KZT")]
    public void An_amount_is_read_with_its_currency_tenge_unless_said(string text, string canonical) => Of(text).ToString().Should().Be(canonical);

    [Theory]
    [InlineData("5 RUB")]
    [InlineData("5 USDT")]
    [InlineData("5 tenge")]
    public void A_currency_that_the_house_does_not_keep_is_refused_and_told_which_it_keeps(string text) =>
        Reading.Refused<Money>(text).Should().Be(new Refusal(NumberRefusal.UnknownCurrency, "KZT, USD, EUR"));

    [Theory]
    [InlineData("KZT")]
    [InlineData(" USD ")]
    [InlineData("x KZT")]
    [InlineData("5 ₸")]
    [InlineData("KZT 5")]
    public void A_currency_without_a_number_is_no_amount(string text) => Reading.Refused<Money>(text).Code.Should().Be(NumberRefusal.NotANumber);

    [Fact]
    public void What_is_no_amount_is_refused_with_the_reason()
    {
        Reading.Refused<Money>(" ").Code.Should().Be(NumberRefusal.Missing);
        Reading.Refused<Money>("1.001").Should().Be(new Refusal(NumberRefusal.TooManyPlaces, 2));
        Reading.Refused<Money>("92233720368547758.08").Should().Be(new Refusal(NumberRefusal.TooLarge, "92233720368547758.07"));
        Reading.Refused<Money>(Reading.Endless("9") + "KZT").Code.Should().Be(NumberRefusal.NotANumber);
    }

    [Fact]
    public void Sums_overflow_loudly()
    {
        var greatest = new Money(long.MaxValue, Currency.Kzt);
        (greatest - Of("0.01") + Of("0.01")).Should().Be(greatest);
        FluentActions.Invoking(() => greatest + Of("0.01")).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => new Money(long.MinValue, Currency.Kzt) - Of("0.01")).Should().Throw<OverflowException>();
    }

    [Fact]
    public void Currencies_never_mix()
    {
        FluentActions.Invoking(() => Of("1 KZT") + Of("1 USD")).Should().Throw<InvalidOperationException>();
        FluentActions.Invoking(() => Of("1 KZT") - Of("1 USD")).Should().Throw<InvalidOperationException>();
        FluentActions.Invoking(() => Of("1 KZT") < Of("1 USD")).Should().Throw<InvalidOperationException>();
        Of("1 KZT").Should().NotBe(Of("1 USD"));
    }

    [Fact]
    public void Amounts_compare_within_their_currency()
    {
        var (less, more) = (Of("-1"), Of("-0.99"));
        (less < more && more > less && less <= more && more >= less).Should().BeTrue();
        (less > more || more < less || less >= more || more <= less).Should().BeFalse();
    }

    [Fact]
    public void An_amount_never_given_is_zero_tenge() => default(Money).Should().Be(Of("0 KZT"));
}
