using System.Collections.Frozen;

namespace Ainalym.Kernel;

/// <summary>
/// Folds Cyrillic letters that look like Latin ones, so that «НР5» and "HP5", «3А» and "3A" are one code. The official text of Article 342 of the
/// Environmental Code itself mixes both.
/// </summary>
public static class Lookalikes
{
    private const string CyrillicLetters = "АВЕЁКМНОРСТУХІЅЈҮҺ";
    private const string LatinLetters = "ABEEKMHOPCTYXISJYH";

    private static readonly FrozenDictionary<char, char> Latin = CyrillicLetters.Zip(LatinLetters).ToFrozenDictionary(pair => pair.First, pair => pair.Second);

    /// <summary>Upper case, look-alikes as Latin letters, dashes of every kind as '-', no space around. Two codes are the same when their folds are.</summary>
    public static string Fold(string text)
    {
        var upper = text.Trim().ToUpperInvariant();
        return string.Create(upper.Length, upper, static (folded, upper) =>
        {
            for (var i = 0; i < upper.Length; i++)
                folded[i] = Latin.TryGetValue(upper[i], out var latin) ? latin : upper[i] is '\u2010' or '\u2011' or '\u2012' or '–' or '—' or '\u2015' or '−' or '\uFF0D' ? '-' : upper[i];
        });
    }
}
