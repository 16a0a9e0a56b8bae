namespace Ainalym.Kernel.Tests;

public class CurrencyTests
{
    [Theory]
    [InlineData("KZT")]
    [InlineData("USD")]
    [InlineData("EUR")]
    public void The_currencies_of_the_house_are_read(string code) => Reading.Good<Currency>($" {code.ToLowerInvariant()} ").Code.Should().Be(code);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("RUB")]
    [InlineData("KZTT")]
    public void Others_are_refused_and_told_which_there_are(string? code) =>
        Reading.Refused<Currency>(code).Should().Be(new Refusal(NumberRefusal.UnknownCurrency, "KZT, USD, EUR"));

    [Fact]
    public void A_currency_never_given_is_the_tenge()
    {
        default(Currency).Should().Be(Currency.Kzt);
        default(Currency).GetHashCode().Should().Be(Currency.Kzt.GetHashCode());
        Currency.Usd.Should().NotBe(Currency.Kzt);
    }
}
