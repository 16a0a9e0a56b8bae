using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Ainalym.Journal.Http;
using Ainalym.Kernel;

namespace Ainalym.Front.Tests;

/// <summary>Everything the house says, it says in Kazakh, Russian and English.</summary>
public sealed partial class Words
{
    private static readonly Texts Texts = new(FrontHost.Modules);

    public static TheoryData<string> RefusalEnums => [.. FrontHost.Modules.Select(module => module.Assembly)
        .Append(typeof(Refusal).Assembly).Append(typeof(Texts).Assembly).Distinct()
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.IsEnum && type.Name.EndsWith("Refusal", StringComparison.Ordinal))
        .Select(type => type.AssemblyQualifiedName!)];

    [Theory, MemberData(nameof(RefusalEnums))]
    public void Every_refusal_has_its_text_in_each_language(string type)
    {
        foreach (var culture in Languages.All)
            foreach (Enum code in Enum.GetValues(Type.GetType(type, throwOnError: true)!))
                Texts.Of(Refusal.NameOf(code), culture).Should().NotBeNullOrWhiteSpace($"{code} in {culture}");
    }

    [Fact]
    public void The_languages_have_the_same_keys_with_the_same_places_for_facts()
    {
        foreach (var key in Texts.Keys("en").Concat(Texts.Keys("ru")).Concat(Texts.Keys("kk")).Distinct(StringComparer.Ordinal))
        {
            var places = Languages.All.Select(culture => string.Join(',', Place().Matches(Texts.Of(key, culture)).Select(place => place.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));
            places.Distinct(StringComparer.Ordinal).Should().ContainSingle($"{key} must have the same places in each language");
        }
    }

    [Fact]
    public void Every_text_that_a_page_asks_for_is_there()
    {
        var keys = Pages().SelectMany(page => Asked().Matches(page)).Select(asked => "front." + asked.Groups["key"].Value).Distinct(StringComparer.Ordinal).ToList();
        keys.Should().HaveCountGreaterThan(100);
        keys.Should().BeSubsetOf(Texts.Keys("en"));
    }

    [Fact]
    public void Every_text_of_the_front_is_asked_for()
    {
        // Keys that are put together, such as "material." and a family's name, are known by what they begin with.
        string[] composed = ["front.material.", "front.problem.", "front.nav.language.", "front.lot.done.", "front.lot.maximum.", "front.lot.rule.", "front.home.how.", "front.my-lots.done.", "front.my-bids.", "front.operator.done.", "front.operator.desk.", "front.prices.step.", "front.deal.turn.", "front.deal.who.", "front.deal.waits.", "front.deal.did.", "front.payouts.standing.", "front.notice.", "front.document.kind.", "front.document.role.", "front.document.section.", "front.document.label.", "front.document.clause.", "front.document.receipt.", "front.document.hold.", "front.mail.", "front.bank.difference."];
        var asked = string.Join('\n', Pages());
        Texts.Keys("en").Where(key => key.StartsWith("front.", StringComparison.Ordinal) && !composed.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal)))
            .Where(key => !asked.Contains('"' + key["front.".Length..] + '"', StringComparison.Ordinal)).Should().BeEmpty();
    }

    /// <summary>The same text in two languages is most often one that nobody has translated.</summary>
    [Fact]
    public void Every_text_is_translated()
    {
        string[] alike = ["front.name", "front.lot.tonnes", "front.nav.language.kk", "front.nav.language.ru", "front.nav.language.en", "front.nav.operator", "front.lot.region", "front.lot.material", "front.home.totals.tenge", "front.deal.turn.operator"];
        foreach (var key in Texts.Keys("en").Where(key => key.StartsWith("front.", StringComparison.Ordinal) && !key.StartsWith("front.material.", StringComparison.Ordinal) && !alike.Contains(key)))
            Languages.All.Select(culture => Texts.Of(key, culture)).Should().OnlyHaveUniqueItems($"{key} has a text of its own in each language");
    }

    private static IEnumerable<string> Pages() => Directory.EnumerateFiles(Path.Combine(Here(), "../../src/Front/Pages")).Select(File.ReadAllText);

    [Fact]
    public void A_missing_text_is_a_bug() =>
        FluentActions.Invoking(() => Texts.Of("front.no-such-text", Languages.Default)).Should().Throw<KeyNotFoundException>().WithMessage("*front.no-such-text*'ru'*");

    [Theory]
    [InlineData("kk-KZ", "45 000,50 ₸/т", "1 234 567,00 USD", "20 500,5 кг", "2,5 %", "04.05.2026 14:00:05 (UTC+5)", "1 048 576")]
    [InlineData("ru-KZ", "45 000,50 ₸/т", "1 234 567,00 USD", "20 500,5 кг", "2,5 %", "04.05.2026 14:00:05 (UTC+5)", "1 048 576")]
    [InlineData("en", "45,000.50 ₸/t", "1,234,567.00 USD", "20,500.5 kg", "2.5%", "4 May 2026 14:00:05 (UTC+5)", "1,048,576")]
    public void Facts_are_written_as_the_reader_writes_them(string culture, params string[] written)
    {
        Fact[] facts =
        [
            TextValue.Parse<PricePerTonne>("45000.50 KZT"), TextValue.Parse<Money>("1234567 USD"), TextValue.Parse<Mass>("20500.5"), TextValue.Parse<Share>("2.5"),
            new DateTimeOffset(2026, 5, 4, 9, 0, 5, TimeSpan.Zero), 1_048_576,
        ];
        facts.Select(fact => Texts.Write(fact, CultureInfo.GetCultureInfo(culture)).Replace('\u00A0', ' ').Replace('\u202F', ' ')).Should().Equal(written);
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"\{\d\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();

    [GeneratedRegex("""Say(\[|\.With\()"(?<key>[a-z0-9.-]+)["]""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Asked();
}
