using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Market.Lots;

namespace Ainalym.Market.Tests;

public class TextTests
{
    private static readonly Texts Texts = new([MarketModule.Module]);

    public static TheoryData<string> LanguageCodes => [.. Languages.All.Select(culture => culture.Code())];

    [Theory, MemberData(nameof(LanguageCodes))]
    public void Every_refusal_has_a_text(string language)
    {
        var culture = Languages.Of(language)!;
        foreach (var code in Enum.GetValues<LotRefusal>().Cast<Enum>().Concat(Enum.GetValues<DealRefusal>().Cast<Enum>()).Concat(Enum.GetValues<EvidenceFileRefusal>().Cast<Enum>()))
        {
            var text = Texts.Of(new Refusal(code, "один", "два", "три"), culture);
            text.Should().NotBeNullOrWhiteSpace().And.NotContain("{");
        }
    }

    [Theory, MemberData(nameof(LanguageCodes))]
    public void Every_word_of_a_list_has_a_text(string language)
    {
        string[] keys =
        [
            .. Enum.GetValues<LotFormat>().Select(word => "market.format." + KebabCase.Name(word)),
            .. Enum.GetValues<MaterialForm>().Select(word => "market.form." + KebabCase.Name(word)),
            .. Enum.GetValues<UnsoldReason>().Select(word => "market.unsold." + KebabCase.Name(word)),
            .. Enum.GetValues<AwardedBy>().Select(word => "market.awarded." + KebabCase.Name(word)),
            .. Enum.GetValues<DealCancellation>().Select(word => "market.cancellation." + KebabCase.Name(word)),
            .. Enum.GetValues<DealDefault>().Select(word => "market.default." + KebabCase.Name(word)),
            .. typeof(Deal).GetNestedTypes().Where(stage => !stage.IsAbstract && stage.Name != nameof(Deal.Unopened)).Select(stage => "market.stage." + KebabCase.NameOf(stage.Name)),
            .. new[] { "open", "frozen", "awarded", "unsold", "cancelled" }.Select(word => "market.status." + word),
        ];
        foreach (var key in keys) Texts.Of(key, Languages.Of(language)!).Should().NotBeNullOrWhiteSpace();
    }

    /// <summary>A text without a refusal, or a fact that one language leaves out, is a text that was forgotten.</summary>
    [Fact]
    public void The_three_languages_say_the_same_things_with_the_same_facts()
    {
        var keys = Texts.Keys("en").Where(key => key.StartsWith("market.", StringComparison.Ordinal)).ToList();
        foreach (var language in Languages.All)
        {
            Texts.Keys(language.Code()).Where(key => key.StartsWith("market.", StringComparison.Ordinal)).Should().BeEquivalentTo(keys);
            foreach (var key in keys) Marks(key, language.Code()).Should().Equal(Marks(key, "en"), "{0} in {1}", key, language.Code());
        }

        keys.Where(key => key.StartsWith("market.deal.", StringComparison.Ordinal)).Should().BeEquivalentTo(Enum.GetValues<DealRefusal>().Select(code => Refusal.NameOf(code)));
        keys.Where(key => key.StartsWith("market.lot.", StringComparison.Ordinal)).Should().BeEquivalentTo(Enum.GetValues<LotRefusal>().Select(code => Refusal.NameOf(code)));
    }

    private static bool[] Marks(string key, string language)
    {
        var text = Texts.Of(key, Languages.Of(language)!);
        return [.. new[] { "{0}", "{1}", "{2}" }.Select(mark => text.Contains(mark, StringComparison.Ordinal))];
    }
}
