using System.Globalization;

namespace Ainalym.Kernel.Tests;

public class DecimalTextTests
{
    private static Refusal? Refusal(string? text, int places = 2, long least = long.MinValue, long greatest = long.MaxValue)
    {
        return DecimalText.TryParse(text, places, least, greatest, out _, out var refusal) ? null : refusal;
    }

    private static long Units(string text, int places = 2)
    {
        DecimalText.TryParse(text, places, long.MinValue, long.MaxValue, out var units, out var refusal).Should().BeTrue($"'{text}' was refused: {refusal}");
        return units;
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("5", 500)]
    [InlineData("5.1", 510)]
    [InlineData("5,12", 512)]
    [InlineData("  5.12  ", 512)]
    [InlineData("\u00A05.12\n", 512)]
    [InlineData("007", 700)]
    [InlineData("1 234", 123_400)]
    [InlineData("12 345 678,90", 1_234_567_890)]
    [InlineData("12\u00A0345", 1_234_500)]
    [InlineData("12\u202F345", 1_234_500)]
    [InlineData("12\u2009345", 1_234_500)]
    [InlineData("-5.12", -512)]
    [InlineData("−5.12", -512)]
    [InlineData("-0", 0)]
    public void Everyday_spellings_are_read(string text, long units) => Units(text).Should().Be(units);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\u00A0\t")]
    public void Nothing_is_missing(string? text) => Refusal(text).Should().Be(new Refusal(NumberRefusal.Missing));

    [Theory]
    [InlineData("x")]
    [InlineData("+5")]
    [InlineData("--5")]
    [InlineData("- 5")]
    [InlineData("5-")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("5,")]
    [InlineData("1.2.3")]
    [InlineData("1,234.50")]
    [InlineData("1.234,50")]
    [InlineData("1e5")]
    [InlineData("1E5")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("∞")]
    [InlineData("(5)")]
    [InlineData("٥")]
    [InlineData("५")]
    [InlineData("５")]
    [InlineData("²")]
    [InlineData("5\0")]
    [InlineData("5\u200B")]
    [InlineData("5 .1")]
    [InlineData("5. 1")]
    [InlineData("5 ,1")]
    [InlineData("5.1 2")]
    [InlineData("5\t123")]
    public void Anything_but_digits_with_one_decimal_point_is_not_a_number(string text) => Refusal(text).Should().Be(new Refusal(NumberRefusal.NotANumber));

    [Theory]
    [InlineData("12 5")]
    [InlineData("12 50")]
    [InlineData("1234 567")]
    [InlineData("1 2345")]
    [InlineData("1  234")]
    [InlineData("1 23 456")]
    public void A_space_groups_three_digits_and_nothing_else_so_a_slipped_point_is_no_number(string text) =>
        Refusal(text).Should().Be(new Refusal(NumberRefusal.NotANumber));

    [Fact]
    public void More_places_than_the_unit_has_are_refused_and_told_how_many_it_has()
    {
        Refusal("1.234").Should().Be(new Refusal(NumberRefusal.TooManyPlaces, 2));
        Refusal("1.2", places: 0).Should().Be(new Refusal(NumberRefusal.TooManyPlaces, 0));
        Units("1.23").Should().Be(123);
    }

    [Theory]
    [InlineData("45,000")]
    [InlineData("45.000")]
    [InlineData("45.100")]
    public void Zeros_past_the_last_place_are_refused_too_as_the_writer_may_have_meant_thousands(string text) =>
        Refusal(text).Should().Be(new Refusal(NumberRefusal.TooManyPlaces, 2));

    [Fact]
    public void What_is_no_number_at_all_is_called_so_whatever_else_is_wrong_with_it()
    {
        Refusal("1.2345x").Should().Be(new Refusal(NumberRefusal.NotANumber));
        Refusal(new string('9', 40) + "x").Should().Be(new Refusal(NumberRefusal.NotANumber));
    }

    [Fact]
    public void The_least_and_the_greatest_are_read_and_one_beside_them_is_refused_with_the_bound()
    {
        Refusal("0.00", least: 0, greatest: 1000).Should().BeNull();
        Refusal("10.00", least: 0, greatest: 1000).Should().BeNull();
        Refusal("-0.01", least: 0, greatest: 1000).Should().Be(new Refusal(NumberRefusal.TooSmall, "0.00"));
        Refusal("10.01", least: 0, greatest: 1000).Should().Be(new Refusal(NumberRefusal.TooLarge, "10.00"));
    }

    [Fact]
    public void The_ends_of_64_bits_are_read_and_one_beside_them_is_refused()
    {
        Units("92233720368547758.07").Should().Be(long.MaxValue);
        Units("-92233720368547758.08").Should().Be(long.MinValue);
        Refusal("92233720368547758.08").Should().Be(new Refusal(NumberRefusal.TooLarge, "92233720368547758.07"));
        Refusal("-92233720368547758.09").Should().Be(new Refusal(NumberRefusal.TooSmall, "-92233720368547758.08"));
    }

    [Fact]
    public void Sixty_four_digits_are_still_a_number_only_too_large_or_too_small()
    {
        Refusal(new string('9', 64)).Should().Be(new Refusal(NumberRefusal.TooLarge, "92233720368547758.07"));
        Refusal("-" + new string('9', 63)).Should().Be(new Refusal(NumberRefusal.TooSmall, "-92233720368547758.08"));
        Units(new string('0', 63) + "7").Should().Be(700);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("9")]
    [InlineData("1 000")]
    public void An_endless_text_is_no_number_even_where_it_is_all_zeros(string piece) =>
        Refusal(Reading.Endless(piece)).Should().Be(new Refusal(NumberRefusal.NotANumber));

    [Theory]
    [InlineData(0, 2, "0.00")]
    [InlineData(7, 2, "0.07")]
    [InlineData(-7, 2, "-0.07")]
    [InlineData(1_250_000, 2, "12500.00")]
    [InlineData(1_250_000, 3, "1250.000")]
    [InlineData(1_250_000, 0, "1250000")]
    [InlineData(long.MaxValue, 2, "92233720368547758.07")]
    [InlineData(long.MinValue, 2, "-92233720368547758.08")]
    [InlineData(long.MinValue, 0, "-9223372036854775808")]
    public void All_places_are_written_with_a_point_and_no_grouping(long units, int places, string text) =>
        DecimalText.Format(units, places).Should().Be(text);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 200)];

    /// <summary>Reading what was written gives the same number, in every culture and also with grouping spaces and a comma.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void What_is_written_is_read_back(int seed)
    {
        var random = new Random(seed);
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(random.Next(3) switch { 0 => "kk-KZ", 1 => "ru-KZ", _ => "ar-SA" });
        try
        {
            for (var i = 0; i < 50; i++)
            {
                var units = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(63);
                var places = random.Next(5);
                var text = DecimalText.Format(units, places);
                Units(text, places).Should().Be(units);
                Units(Grouped(text).Replace('.', ','), places).Should().Be(units);
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static string Grouped(string text)
    {
        var end = text.IndexOf('.', StringComparison.Ordinal) is var point && point < 0 ? text.Length : point;
        for (var i = end - 3; i > (text[0] == '-' ? 1 : 0); i -= 3) text = text.Insert(i, " ");
        return text;
    }
}
