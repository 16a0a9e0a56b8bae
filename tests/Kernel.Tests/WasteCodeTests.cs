namespace Ainalym.Kernel.Tests;

public class WasteCodeTests
{
    [Theory]
    [InlineData("15 01 02", "15 01 02")]
    [InlineData("150102", "15 01 02")]
    [InlineData("15.01.02", "15 01 02")]
    [InlineData("15\u00A001\u00A002", "15 01 02")]
    [InlineData(" 15 0102 ", "15 01 02")]
    [InlineData("16 06 01*", "16 06 01*")]
    [InlineData("160601*", "16 06 01*")]
    [InlineData("16.06.01 *", "16 06 01*")]
    public void Six_digits_are_read_in_their_everyday_spellings(string text, string canonical) => Reading.Good<WasteCode>(text).ToString().Should().Be(canonical);

    [Theory]
    [InlineData("15 01")]
    [InlineData("15 01 0")]
    [InlineData("15 01 022")]
    [InlineData("15-01-02")]
    [InlineData("1 5 0 1 0 2")]
    [InlineData("1501 02 .")]
    [InlineData("1.50102")]
    [InlineData("..150102")]
    [InlineData("15..01.02")]
    [InlineData("*150102")]
    [InlineData("150102**")]
    [InlineData("*")]
    [InlineData("15 O1 02")]
    [InlineData("١٥٠١٠٢")]
    public void Anything_else_is_not_six_digits(string text) => Reading.Refused<WasteCode>(text).Code.Should().Be(WasteCodeRefusal.NotSixDigits);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\t ")]
    public void Nothing_is_missing(string? text) => Reading.Refused<WasteCode>(text).Code.Should().Be(WasteCodeRefusal.Missing);

    [Theory]
    [InlineData("0")]
    [InlineData("15 ")]
    [InlineData("*")]
    public void An_endless_text_is_not_six_digits(string piece) => Reading.Refused<WasteCode>(Reading.Endless(piece) + "1").Code.Should().Be(WasteCodeRefusal.NotSixDigits);

    [Fact]
    public void The_hazard_mark_is_kept_apart_from_the_digits()
    {
        var marked = Reading.Good<WasteCode>("16 06 01*");
        var plain = Reading.Good<WasteCode>("16 06 01");
        (marked.Marked, plain.Marked).Should().Be((true, false));
        marked.Digits.Should().Be("160601").And.Be(plain.Digits);
        marked.Should().NotBe(plain);
    }

    [Fact]
    public void A_code_never_given_is_the_code_its_text_says()
    {
        default(WasteCode).Should().Be(Reading.Good<WasteCode>(default(WasteCode).ToString()));
        default(WasteCode).GetHashCode().Should().Be(Reading.Good<WasteCode>("00 00 00").GetHashCode());
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 100)];

    [Theory, MemberData(nameof(Seeds))]
    public void Every_spelling_of_a_code_is_the_same_code(int seed)
    {
        var random = new Random(seed);
        var code = Reading.Good<WasteCode>($"{random.Next(1_000_000):D6}{(random.Next(2) == 0 ? "*" : "")}");
        string[] blanks = ["", " ", ".", "\u00A0"];
        var spelling = $"{code.Digits[..2]}{random.GetItems(blanks, 1)[0]}{code.Digits[2..4]}{random.GetItems(blanks, 1)[0]}{code.Digits[4..]}{(code.Marked ? "*" : "")}";
        Reading.Good<WasteCode>(spelling).Should().Be(code);
        Reading.Good<WasteCode>(code.ToString()).Should().Be(code);
    }
}
