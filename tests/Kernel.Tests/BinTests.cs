namespace Ainalym.Kernel.Tests;

/// <summary>The numbers come from the project's test vectors (section bin_iin): three published BINs, and made-up ones that need the second pass.</summary>
public class BinTests
{
    [Theory]
    [InlineData("040340008429")] // the operator of extended producer responsibility, published
    [InlineData("151140025060")] // its predecessor, published
    [InlineData("020240000555")] // a national company, published
    [InlineData("250740837631")] // made up: needs the second pass
    [InlineData("140440832122")] // made up: needs the second pass
    [InlineData("130140178210")] // made up: the second pass gives 0
    public void A_number_whose_check_digit_follows_is_read(string text) => Reading.Good<Bin>(text).ToString().Should().Be(text);

    [Theory]
    [InlineData("0403 4000 8429")]
    [InlineData(" 040340 008429 ")]
    [InlineData("040340\u00A0008429")]
    [InlineData("040340008429\n")]
    public void Blanks_make_no_difference(string text) => Reading.Good<Bin>(text).Should().Be(Reading.Good<Bin>("040340008429"));

    [Theory]
    [InlineData("040340008428")]
    [InlineData("040340008420")]
    [InlineData("140340008429")]
    public void A_check_digit_that_does_not_follow_is_refused(string text) => Reading.Refused<Bin>(text).Code.Should().Be(BinRefusal.CheckDigit);

    [Theory]
    [InlineData("251140761330")] // both passes give 10
    [InlineData("000000000000")]
    public void A_number_that_cannot_exist_is_refused(string text) => Reading.Refused<Bin>(text).Code.Should().Be(BinRefusal.CannotExist);

    [Theory]
    [InlineData("04034000842")]
    [InlineData("0403400084290")]
    [InlineData("04034000842A")]
    [InlineData("04034000842О")]
    [InlineData("٠٤٠٣٤٠٠٠٨٤٢٩")]
    [InlineData("0403-4000-8429")]
    [InlineData("x")]
    public void Anything_but_twelve_digits_is_refused(string text) => Reading.Refused<Bin>(text).Code.Should().Be(BinRefusal.NotTwelveDigits);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \u00A0 ")]
    public void Nothing_is_missing(string? text) => Reading.Refused<Bin>(text).Code.Should().Be(BinRefusal.Missing);

    [Theory]
    [InlineData("0")]
    [InlineData(" 1")]
    public void An_endless_text_is_not_twelve_digits(string piece) => Reading.Refused<Bin>(Reading.Endless(piece)).Code.Should().Be(BinRefusal.NotTwelveDigits);

    [Fact]
    public void A_person_has_a_day_where_a_legal_entity_has_its_kind()
    {
        Reading.Good<Bin>("040340008429").IsIndividual.Should().BeFalse();
        Individual("900131", "300123").IsIndividual.Should().BeTrue();
        Individual("900101", "300123").IsIndividual.Should().BeTrue();
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 200)];

    /// <summary>The formula once more, with both rows of weights written out: of the ten numbers that begin alike at most one is read.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void Of_the_ten_last_digits_only_the_one_that_follows_is_read(int seed)
    {
        var random = new Random(seed);
        int[] digits = [.. Enumerable.Range(0, 11).Select(_ => random.Next(10))];
        var check = digits.Zip([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], (digit, weight) => digit * weight).Sum() % 11;
        if (check == 10) check = digits.Zip([3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2], (digit, weight) => digit * weight).Sum() % 11;

        var stem = string.Concat(digits);
        Bin.CheckDigit(stem).Should().Be(check == 10 ? null : check);
        Enumerable.Range(0, 10).Where(last => Bin.TryParse($"{stem}{last}", out _, out _)).Should().Equal(check == 10 ? [] : [check]);
    }

    private static Bin Individual(string birth, string rest)
    {
        var stem = Enumerable.Range(0, 10).Select(n => $"{birth}{rest[..4]}{n}").First(stem => Bin.CheckDigit(stem) is not null);
        return Reading.Good<Bin>($"{stem}{Bin.CheckDigit(stem)}");
    }
}
