using System.Collections.Frozen;
using System.Text;

namespace Ainalym.Market.Lots;

/// <summary>
/// Folds texts into words that are found however they are typed: lower case, ё as е, Kazakh letters as the Russian ones that stand in for them on a keyboard without Kazakh
/// (қ as к, ә as а). Letters and figures make words; everything else parts them.
/// </summary>
public static class SearchWords
{
    /// <summary>Of a search, so many words count.</summary>
    public const int MostAsked = 5;

    /// <summary>Shorter ones are not kept; no name is told apart by one letter.</summary>
    public const int Shortest = 2;

    /// <summary>Longer ones are cut: as long as the column.</summary>
    public const int Longest = 40;

    private static readonly FrozenDictionary<char, char> Plain = "ёәғқңөұүһі".Zip("еагкноуухи").ToFrozenDictionary(pair => pair.First, pair => pair.Second);

    /// <summary>The different words of a text, in their order.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.Normalize(NormalizationForm.FormKC))
        {
            if (char.IsLetterOrDigit(rune))
            {
                var lower = char.ToLowerInvariant(rune);
                if (word.Length < Longest) word.Append(Plain.GetValueOrDefault(lower, lower));
            }
            else
            {
                Take();
            }
        }

        Take();
        return words;

        void Take()
        {
            if (word.Length >= Shortest && word.ToString() is var done && !words.Contains(done)) words.Add(done);
            word.Clear();
        }
    }

    /// <summary>The words of a search, at most <see cref="MostAsked"/>, each with the first word past all that begin with it.</summary>
    public static IReadOnlyList<(string From, string To)> Asked(string search) => [.. Of(search).Take(MostAsked).Select(word => (word, word + '\uFFFF'))];
}
