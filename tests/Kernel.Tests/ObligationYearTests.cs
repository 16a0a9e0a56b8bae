namespace Ainalym.Kernel.Tests;

public class ObligationYearTests
{
    [Theory]
    [InlineData("2016", 2016)]
    [InlineData(" 2026 ", 2026)]
    [InlineData("2100", 2100)]
    public void A_year_since_the_obligation_began_is_read(string text, int year)
    {
        Reading.Good<ObligationYear>(text).Year.Should().Be(year);
        Reading.Good<ObligationYear>(text).ToString().Should().Be(text.Trim());
    }

    [Theory]
    [InlineData("2015")]
    [InlineData("2101")]
    [InlineData("26")]
    [InlineData("02026")]
    [InlineData("+2026")]
    [InlineData("-2026")]
    [InlineData("2026.0")]
    [InlineData("2026\0")]
    [InlineData("2 026")]
    [InlineData("٢٠٢٦")]
    [InlineData("99999999999999999999")]
    [InlineData("year")]
    public void Anything_else_is_not_a_year(string text) => Reading.Refused<ObligationYear>(text).Code.Should().Be(ObligationYearRefusal.NotAYear);

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Nothing_is_missing(string? text) => Reading.Refused<ObligationYear>(text).Code.Should().Be(ObligationYearRefusal.Missing);

    [Fact]
    public void An_endless_text_is_not_a_year() => Reading.Refused<ObligationYear>(Reading.Endless("0") + "2026").Code.Should().Be(ObligationYearRefusal.NotAYear);

    [Fact]
    public void A_leap_year_has_366_days()
    {
        Reading.Good<ObligationYear>("2028").Days.Should().Be(366);
        Reading.Good<ObligationYear>("2026").Days.Should().Be(365);
        Reading.Good<ObligationYear>("2100").Days.Should().Be(365);
    }

    [Fact]
    public void Years_compare() => Reading.Good<ObligationYear>("2026").CompareTo(Reading.Good<ObligationYear>("2025")).Should().BePositive();
}
