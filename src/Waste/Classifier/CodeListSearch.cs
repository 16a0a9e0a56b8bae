using System.Collections.Frozen;
using Ainalym.Contracts.CodeLists;
using Ainalym.Kernel;

namespace Ainalym.Waste.Classifier;

/// <summary>What people look for in the lists, folded, so that НР5 finds HP5: a code from its beginning, or words of the code, of the names in every language and of the standard.</summary>
public sealed class CodeListSearch(CodeLists lists)
{
    private readonly FrozenDictionary<CodeListEntry, string> words =
        lists.WasteCodes.All.Concat<CodeListEntry>(lists.Grades.All).Concat(lists.Regions.All).ToFrozenDictionary(entry => entry, WordsOf);

    /// <summary>Whether an entry is meant by the query: "16 06" means the codes that begin so, "lead 16" the entries that have both words, whole or in part.</summary>
    public Func<CodeListEntry, bool> For(string query)
    {
        var folded = Lookalikes.Fold(query);
        if (Digits(folded) is { Length: > 0 } digits && digits.All(char.IsAsciiDigit)) return entry => Digits(entry.Key).StartsWith(digits, StringComparison.Ordinal);
        var asked = folded.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return entry => Array.TrueForAll(asked, word => words[entry].Contains(word, StringComparison.Ordinal));
    }

    private static string Digits(string code) => new([.. code.Where(c => !char.IsWhiteSpace(c) && c is not ('.' or '*'))]);

    private static string WordsOf(CodeListEntry entry) =>
        Lookalikes.Fold($"{entry.Text} {entry.Key} {entry.Name.En} {entry.Name.Ru} {entry.Name.Kk} {(entry is Grade grade ? $"{grade.Standard} {grade.Family}" : "")}");
}
