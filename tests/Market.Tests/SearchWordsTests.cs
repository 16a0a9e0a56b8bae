using Ainalym.Market.Lots;

namespace Ainalym.Market.Tests;

public class SearchWordsTests
{
    [Theory]
    [InlineData("Гофрокартон, в кипах (сухой)", "гофрокартон", "кипах", "сухой")]
    [InlineData("Қағаз өңдеу үшін ұнтақ әктас ғимарат іші ңң һһ", "кагаз", "ондеу", "ушин", "унтак", "актас", "гимарат", "иши", "нн", "хх")]
    [InlineData("ёлка и ЁЛКА", "елка")]
    [InlineData("15 01 01* PET-бутылка", "15", "01", "pet", "бутылка")]
    [InlineData("а . , 'б'")]
    public void A_text_is_folded_into_its_words(string text, params string[] words) => SearchWords.Of(text).Should().Equal(words);

    [Fact]
    public void A_word_is_cut_at_its_longest() => SearchWords.Of(new string('ж', SearchWords.Longest + 1)).Should().Equal(new string('ж', SearchWords.Longest));

    [Fact]
    public void A_search_counts_its_first_words() => SearchWords.Asked("аа бб вв гг дд ее").Should().HaveCount(SearchWords.MostAsked);
}
