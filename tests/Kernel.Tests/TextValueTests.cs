using System.Text.Json;

namespace Ainalym.Kernel.Tests;

public class TextValueTests
{
    private sealed record Carrier(Currency Currency, Money Money, PricePerTonne? Price, IReadOnlyDictionary<Region, Mass> Masses);

    [Fact]
    public void In_json_a_value_is_its_canonical_text()
    {
        Json<Mass>("20 500,5").Should().Be("\"20500.500\"");
        Json<Money>("1").Should().Be("\"1.00 KZT\"");
        Json<PricePerTonne>("1 usd").Should().Be("\"1.00 USD\"");
        Json<Share>("2.5%").Should().Be("\"2.5000\"");
        Json<Bin>("0403 4000 8429").Should().Be("\"040340008429\"");
        Json<WasteCode>("160601*").Should().Be("\"16 06 01*\"");
        Json<GradeCode>("1.04.00").Should().Be("\"1.04.00\"");
        Json<Region>("KZ-75").Should().Be("\"750000000\"");
        Json<ObligationYear>("2026").Should().Be("\"2026\"");
        Json<Currency>("usd").Should().Be("\"USD\"");
    }

    [Theory]
    [InlineData("\"x\"")]
    [InlineData("\"\"")]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[]")]
    public void Json_that_is_no_such_text_is_refused(string json)
    {
        FluentActions.Invoking(() => JsonSerializer.Deserialize<Mass>(json)).Should().Throw<JsonException>();
        FluentActions.Invoking(() => JsonSerializer.Deserialize<Currency>(json)).Should().Throw<JsonException>();
    }

    [Fact]
    public void The_reason_stands_in_the_message() =>
        FluentActions.Invoking(() => JsonSerializer.Deserialize<Mass>("\"-1\"")).Should().Throw<JsonException>().WithMessage("*kernel.number.too-small*");

    [Fact]
    public void A_record_of_values_comes_back_whole()
    {
        var carrier = new Carrier(
            Currency.Usd,
            new Money(-5, Currency.Eur),
            PricePerTonne.From(7, Currency.Usd),
            new Dictionary<Region, Mass> { [Reading.Good<Region>("75")] = Mass.FromGrams(1), [Reading.Good<Region>("10")] = Mass.Greatest });
        var json = JsonSerializer.Serialize(carrier);
        var back = JsonSerializer.Deserialize<Carrier>(json);
        back.Should().BeEquivalentTo(carrier, options => options.ComparingByMembers<Carrier>());
        back!.Currency.Should().Be(Currency.Usd);
        json.Should().Contain("\"750000000\":\"0.001\"");
        JsonSerializer.Deserialize<Carrier>("""{"Currency":"KZT","Money":"1 KZT","Price":null,"Masses":{}}""")!.Price.Should().BeNull();
    }

    [Fact]
    public void A_good_text_is_parsed_and_a_bad_one_throws_naming_it()
    {
        TextValue.Parse<Region>("75").Code.Should().Be("750000000");
        FluentActions.Invoking(() => TextValue.Parse<Region>("7x5")).Should().Throw<FormatException>().WithMessage("*'7x5'*Region*not-a-region-code*");
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 200)];

    [Theory, MemberData(nameof(Seeds))]
    public void What_is_written_is_read_back_and_in_json_too(int seed)
    {
        var random = new Random(seed);
        Currency currency = random.GetItems([Currency.Kzt, Currency.Usd, Currency.Eur], 1)[0];
        Same(Mass.FromGrams(random.NextInt64(Mass.Greatest.Grams + 1) >> random.Next(50)));
        Same(new Money(random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(60), currency));
        Same(PricePerTonne.From(random.NextInt64() >> random.Next(60), currency));
        Same(Share.FromMillionths(random.Next(1_000_001)));
        Same(Reading.Good<Region>($"{random.Next(1, 100):D2}"));
        Same(Reading.Good<ObligationYear>($"{random.Next(2016, 2101)}"));
        Same(Reading.Good<WasteCode>($"{random.Next(1_000_000):D6}{(random.Next(2) == 0 ? "*" : "")}"));
        Same(Reading.Good<GradeCode>(new string(random.GetItems("AZАЯ09.-/".AsSpan(), random.Next(1, 41)))));
        Same(currency);
    }

    private static void Same<T>(T value)
        where T : struct, ITextValue<T>
    {
        var again = Reading.Good<T>(value.ToString());
        again.Should().Be(value);
        again.ToString().Should().Be(value.ToString());
        JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value)).Should().Be(value);
    }

    private static string Json<T>(string text)
        where T : struct, ITextValue<T> => JsonSerializer.Serialize(Reading.Good<T>(text));
}
